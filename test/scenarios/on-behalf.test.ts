import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, openDesk, stageOf } from './desk.ts';
import { decide, openStage } from './doors.ts';
import type { Actor, Answer } from './play.ts';

const byManager = [{ '@odata.type': '#microsoft.graph.targetManager', managerLevel: 1 }];

describe.each(databaseKinds)('a request on behalf of another person on %s', (kind) => {
  let desk: Desk;
  let manager: Actor;
  let report: Actor;
  beforeAll(async () => {
    desk = await openDesk(kind);
    manager = await desk.play.as('manager');
    report = await desk.hire('manager');
  });
  afterAll(() => desk?.play.close());

  const settings = (changes: object = {}) => ({
    enableOnBehalfRequestorsToAddAccess: true,
    onBehalfRequestors: byManager,
    ...changes,
  });
  const askFor = (who: Actor, target: Actor, accessPackageId: string, changes: object = {}): Promise<Answer> =>
    desk.ask(who, {
      requestType: 'onBehalfAdd',
      assignment: { targetId: target.id, accessPackageId },
      justification: 'They start on Monday',
      ...changes,
    });

  test('is made by a manager for a report, who receives the access', async () => {
    const { packageId, groupId } = await desk.offer({ requestorSettings: settings() });
    const asked = await askFor(manager, report, packageId);
    expect(asked).toMatchObject({ status: 201, body: { requestType: 'onBehalfAdd', state: 'delivered' } });
    expect(await desk.isMember(groupId, report)).toBe(true);
    expect(await desk.isMember(groupId, manager)).toBe(false);
    const path = `/identityGovernance/entitlementManagement/assignmentRequests/${asked.body['id']}?$expand=requestor,assignment($expand=target)`;
    for (const who of [manager, report]) {
      expect((await who.get(path)).body).toMatchObject({
        requestor: { objectId: manager.id },
        assignment: { target: { objectId: report.id } },
      });
    }
  });

  test('pain 42: is decided by neither of the two', async () => {
    const stages = [stageOf(desk.play, 'manager', 'ciso')];
    const { packageId } = await desk.offer({ requestorSettings: settings(), requestApprovalSettings: { stages } });
    const id = String((await askFor(manager, report, packageId)).body['id']);
    const ciso = await desk.play.as('ciso');
    const stage = String((await openStage(ciso, id))?.['id']);
    expect((await decide(manager, id, 'Approve', stage)).status).toBeGreaterThanOrEqual(400);
    expect((await decide(ciso, id, 'Approve', stage)).status).toBe(204);
    expect((await desk.request(id))['state']).toBe('delivered');
  });

  test('is for those whom the policy names, and for people of its scope', async () => {
    const { packageId } = await desk.offer({ requestorSettings: settings() });
    const stranger = await desk.hire();
    expect(codeOf(await askFor(stranger, report, packageId))).toBe('403 RequestorNotInScope');
    expect(codeOf(await askFor(manager, stranger, packageId))).toBe('403 RequestorNotInScope');
    expect(codeOf(await askFor(manager, manager, packageId))).toBe('403 RequestForOthersNotAllowed');
    expect(
      codeOf(await desk.ask(manager, { requestType: 'onBehalfAdd', assignment: { accessPackageId: packageId } })),
    ).toBe('400 PropertyRequired');
    const closed = await desk.offer();
    expect(codeOf(await askFor(manager, report, closed.packageId))).toBe('403 RequestorNotInScope');
    const named = [
      { '@odata.type': '#microsoft.graph.singleUser', userId: stranger.id },
      { '@odata.type': '#microsoft.graph.groupMembers', groupId: await desk.group() },
    ];
    const open = await desk.offer({ requestorSettings: settings({ onBehalfRequestors: named }) });
    expect((await askFor(stranger, report, open.packageId)).status).toBe(201);
    expect(codeOf(await askFor(stranger, report, open.packageId))).toBe('400 AlreadyAssigned');
  });

  test('extends and gives up what the report has, where the policy lets them', async () => {
    const allowed = settings({
      enableOnBehalfRequestorsToUpdateAccess: true,
      enableOnBehalfRequestorsToRemoveAccess: true,
    });
    const { packageId, groupId } = await desk.offer({ requestorSettings: allowed });
    expect((await askFor(manager, report, packageId)).status).toBe(201);
    const [assignment] = await desk.assignments(report, packageId);
    const about = { assignment: { id: String(assignment?.['id']) } };
    await desk.play.move('P2D');
    expect((await desk.ask(manager, { requestType: 'userUpdate', ...about })).status).toBe(201);
    expect(codeOf(await desk.ask(report, { requestType: 'userUpdate', ...about }))).toBe('403 SelfExtensionNotAllowed');
    expect((await desk.ask(manager, { requestType: 'userRemove', ...about })).status).toBe(201);
    expect(await desk.isMember(groupId, report)).toBe(false);
  });

  test('is found, explained and told whom it can be for, to those alone who may ask', async () => {
    const stages = [stageOf(desk.play, 'manager', 'ciso')];
    const { packageId, policyId } = await desk.offer({
      requestorSettings: settings(),
      requestApprovalSettings: { isRequestorJustificationRequired: true, stages },
    });
    const [stranger, below] = [await desk.hire(), await desk.hire()];
    await desk.admin.put(`/users/${below.id}/manager/$ref`, {
      '@odata.id': `https://graph.microsoft.com/v1.0/users/${report.id}`,
    });
    const offered = async (who: Actor) =>
      (await who.get(`/sallyport/accessPackages?$filter=id eq '${packageId}'`)).body['value']?.[0];
    expect(await offered(manager)).toMatchObject({ isForOthers: true, isRequestable: false });
    expect(await offered(stranger)).toBeUndefined();
    expect((await manager.get(`/sallyport/accessPackages/${packageId}/contents`)).status).toBe(200);
    expect((await stranger.get(`/sallyport/accessPackages/${packageId}/contents`)).status).toBe(404);
    const targets = async (who: Actor) => who.get(`/sallyport/accessPackages/${packageId}/targets?$top=999`);
    const found = (await targets(manager)).body['value'] as unknown as readonly { id: string }[];
    const ids = found.map(({ id }) => id);
    expect(ids).toContain(report.id);
    for (const other of [manager, stranger, below]) expect(ids).not.toContain(other.id);
    expect((await targets(stranger)).status).toBe(404);

    const explained = (who: Actor, target: Actor) =>
      who.get(`/sallyport/explain?accessPackageId=${packageId}&targetId=${target.id}`);
    const told = await explained(manager, report);
    expect(told.body).toMatchObject({
      canRequest: true,
      blockers: [],
      missing: [{ property: 'justification' }],
      policies: [{ policyId, isRequestorJustificationRequired: true, questions: [] }],
      policy: { id: policyId },
    });
    // The manager does not decide about what they ask for.
    expect(told.body['stages']?.[0]?.['approvers']).toMatchObject([{ id: desk.play.idOf('ciso') }]);
    expect(codeOf(await explained(manager, below))).toBe('403 Authorization_RequestDenied');
    expect(codeOf(await explained(stranger, report))).toBe('403 Authorization_RequestDenied');
    expect((await askFor(manager, report, packageId)).body).toMatchObject({ state: 'pendingApproval' });
    expect((await explained(manager, report)).body).toMatchObject({
      canRequest: false,
      blockers: [{ code: 'RequestPending' }],
    });
  });

  test('is for whomever the policy lets in, where it names who asks', async () => {
    const assistant = await desk.hire();
    const named = [{ '@odata.type': '#microsoft.graph.singleUser', userId: assistant.id }];
    const { packageId } = await desk.offer({ requestorSettings: settings({ onBehalfRequestors: named }) });
    const targets = await assistant.get(
      `/sallyport/accessPackages/${packageId}/targets?$search="Rio"&$select=displayName`,
    );
    expect(targets.body['value']).toMatchObject([{ displayName: 'Rio Requestor' }]);
    expect((await assistant.get(`/sallyport/accessPackages?$filter=isForOthers`)).body['value']).toHaveLength(1);
  });
});
