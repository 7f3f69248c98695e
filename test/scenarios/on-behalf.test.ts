import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
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

  describe('a package that is for others', () => {
    /** In which ways somebody learns of a package. */
    const seenBy = async (who: Actor, packageId: string): Promise<readonly string[]> => {
      const ways = {
        package: `${entitlements}/accessPackages/${packageId}`,
        gives: `${entitlements}/accessPackages/${packageId}/resourceRoleScopes`,
        listed: `${entitlements}/accessPackages?$filter=id eq '${packageId}'`,
        offered: `/sallyport/accessPackages?$filter=id eq '${packageId}'`,
        contents: `/sallyport/accessPackages/${packageId}/contents`,
        targets: `/sallyport/accessPackages/${packageId}/targets`,
        policies: `${entitlements}/assignmentPolicies?$filter=accessPackage/id eq '${packageId}'`,
        requests: `${entitlements}/assignmentRequests?$filter=accessPackage/id eq '${packageId}'`,
        assignments: `${entitlements}/assignments?$filter=accessPackage/id eq '${packageId}'`,
      };
      const answers = await Promise.all(
        Object.entries(ways).map(async ([way, path]) => ({ way, answer: await who.get(path) })),
      );
      return answers
        .filter(({ answer }) => answer.status === 200 && answer.body['value']?.['length'] !== (0 as unknown))
        .map(({ way }) => way);
    };
    const toAskWith = ['package', 'gives', 'listed', 'offered', 'contents', 'targets'];

    test('shows who may ask what it opens and for whom, not what others asked for or have', async () => {
      const { packageId } = await desk.offer({ requestorSettings: settings() });
      expect(await seenBy(manager, packageId)).toEqual(toAskWith);
      const direct = { targetId: (await desk.hire()).id, assignmentPolicyId: await desk.policy(packageId) };
      const given = await desk.ask(desk.admin, {
        requestType: 'adminAdd',
        assignment: { ...direct, accessPackageId: packageId },
      });
      expect(given.status).toBe(201);
      const [requests, assignments] = await Promise.all(
        ['assignmentRequests', 'assignments'].map((set) =>
          manager.get(`${entitlements}/${set}?$filter=accessPackage/id eq '${packageId}'`),
        ),
      );
      expect([requests?.body['value'], assignments?.body['value']]).toEqual([[], []]);
    });

    test.each<[string, () => object]>([
      [
        'nobody may ask for others',
        () => ({ requestorSettings: settings({ enableOnBehalfRequestorsToAddAccess: false }) }),
      ],
      [
        'managers of the next level may',
        () => ({
          requestorSettings: settings({ onBehalfRequestors: [{ ...byManager[0], managerLevel: 2 }] }),
          allowedTargetScope: 'specificDirectoryUsers',
          specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.singleUser', userId: report.id }],
        }),
      ],
      [
        'none of the reports is in the scope',
        () => ({
          requestorSettings: settings(),
          allowedTargetScope: 'specificDirectoryUsers',
          specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.singleUser', userId: desk.play.idOf('ciso') }],
        }),
      ],
    ])('is not seen by a manager where %s', async (_why, policy) => {
      const { packageId } = await desk.offer(policy());
      expect(await seenBy(manager, packageId)).toEqual([]);
    });

    test('is not seen while its catalog is closed', async () => {
      const { packageId } = await desk.offer({ requestorSettings: settings() });
      const general = await desk.admin.get(`${entitlements}/catalogs?$filter=displayName eq 'General'`);
      const catalog = `${entitlements}/catalogs/${general.body['value']?.[0]?.['id']}`;
      expect((await desk.admin.patch(catalog, { state: 'unpublished' })).status).toBeLessThan(300);
      expect(await seenBy(manager, packageId)).toEqual([]);
      expect((await desk.admin.patch(catalog, { state: 'published' })).status).toBeLessThan(300);
      expect(await seenBy(manager, packageId)).toEqual(toAskWith);
    });

    test('is not seen any more by who was the manager, or in a group that it names', async () => {
      const { packageId } = await desk.offer({ requestorSettings: settings() });
      const [chief, helped, member] = [await desk.hire(), await desk.hire(), await desk.hire()];
      const line = `/users/${helped.id}/manager/$ref`;
      await desk.admin.put(line, { '@odata.id': `https://graph.microsoft.com/v1.0/users/${chief.id}` });
      expect(await seenBy(chief, packageId)).toEqual(toAskWith);
      expect((await desk.admin.delete(line)).status).toBe(204);
      expect(await seenBy(chief, packageId)).toEqual([]);

      const groupId = await desk.group();
      const named = [{ '@odata.type': '#microsoft.graph.groupMembers', groupId }];
      const other = await desk.offer({ requestorSettings: settings({ onBehalfRequestors: named }) });
      expect(await seenBy(member, other.packageId)).toEqual([]);
      const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${member.id}` };
      expect((await desk.admin.post(`/groups/${groupId}/members/$ref`, reference)).status).toBe(204);
      expect(await seenBy(member, other.packageId)).toEqual(toAskWith);
      expect((await desk.admin.delete(`/groups/${groupId}/members/${member.id}/$ref`)).status).toBe(204);
      expect(await seenBy(member, other.packageId)).toEqual([]);
    });
  });
});
