import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { askForPackage, openStage, seedPackage } from './doors.ts';
import { type Actor, type Json, openPlay, type Play } from './play.ts';

const root = '/identityGovernance/entitlementManagement';

describe.each(databaseKinds)('before asking, on %s', (kind) => {
  let play: Play;
  let requestor: Actor;
  let packageId: string;
  beforeAll(async () => {
    play = await openPlay(kind);
    requestor = await play.as('requestor');
    packageId = await seedPackage(await play.as('admin'));
  });
  afterAll(() => play?.close());

  const ask = (actor: Actor, more = '') => actor.get(`/sallyport/explain?accessPackageId=${packageId}${more}`);
  const list = (value: unknown) => value as readonly Json[];

  test('a person is told the policy, the people, the times, the end and what is missing', async () => {
    const { status, body } = await ask(requestor);
    expect(status).toBe(200);
    expect(body).toMatchObject({ canRequest: true, blockers: [], endsBecause: { reason: 'policy' } });
    expect(list(body['missing']).map((one) => String(one['property']))).toEqual(['justification', 'answers']);
    const stages = list(body['stages']);
    expect(stages.map((one) => list(one['approvers']).map((who) => String(who['id'])))).toEqual([
      [play.idOf('manager')],
      expect.arrayContaining([play.idOf('ciso')]),
    ]);
    expect(stages[1]?.['latestOpening']).toEqual(stages[0]?.['latestDeadline']);
    const length = Temporal.Instant.from(String(body['endDateTime'])).since(await play.now());
    expect(Math.round(length.total('hours'))).toBe(8);
  });

  test('the real request goes as it was told (pain 15: the chosen policy and its people are known beforehand)', async () => {
    const told = await ask(requestor);
    const request = await askForPackage(play, requestor);
    expect(request.status).toBe(201);
    const id = String(request.body['id']);
    for (const [index, name] of ['manager', 'ciso'].entries()) {
      const approvers = list(list(told.body['stages'])[index]?.['approvers']).map((who) => String(who['id']));
      expect(approvers).toContain(play.idOf(name));
      const approver = await play.as(name);
      const stage = await openStage(approver, id);
      expect(stage?.['assignedToMe']).toBe(true);
      const decision = { reviewResult: 'Approve', justification: 'Known beforehand' };
      const path = `${root}/accessPackageAssignmentApprovals/${id}/stages/${stage?.['id']}`;
      expect((await approver.patch(path, decision)).status).toBe(204);
    }
    const blocked = await ask(requestor);
    expect(blocked.body).toMatchObject({ canRequest: false, blockers: [{ code: 'AlreadyAssigned' }] });
  });

  test('nothing is kept of it', async () => {
    const count = async () => (await requestor.get(`${root}/assignmentRequests?$count=true`)).body['@odata.count'];
    const before = await count();
    await ask(requestor);
    expect(await count()).toEqual(before);
  });

  test('others are told about others only where they may read requests', async () => {
    expect((await ask(requestor, `&targetId=${play.idOf('ciso')}`)).status).toBe(403);
    expect((await ask(await play.as('admin'), `&targetId=${requestor.id}`)).status).toBe(200);
    expect((await requestor.get(`/sallyport/explain?accessPackageId=${crypto.randomUUID()}`)).status).toBe(404);
    expect((await requestor.get('/sallyport/explain')).status).toBe(400);
  });

  test('who asks where nobody could decide is told at once (pain 14: no approver for the request)', async () => {
    const admin = await play.as('admin');
    const catalogs = await admin.get(`${root}/catalogs?$filter=displayName eq 'General'`);
    const catalog = { id: list(catalogs.body['value'])[0]?.['id'] };
    const made = await admin.post(`${root}/accessPackages`, { displayName: 'Decided by its requestor', catalog });
    const accessPackageId = String(made.body['id']);
    const people = (names: readonly string[]) =>
      names.map((name) => ({ '@odata.type': '#microsoft.graph.singleUser', userId: play.idOf(name) }));
    const stage = (names: readonly string[]) => ({
      primaryApprovers: people(names),
      durationBeforeAutomaticDenial: 'P1D',
    });
    const policy = async (...names: readonly (readonly string[])[]) => {
      const answer = await admin.post(`${root}/assignmentPolicies`, {
        displayName: names.flat().join(' then '),
        accessPackage: { id: accessPackageId },
        allowedTargetScope: 'allMemberUsers',
        requestorSettings: { enableTargetsToSelfAddAccess: true },
        requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: names.map(stage) },
        expiration: { type: 'afterDuration', duration: 'PT8H' },
      });
      return String(answer.body['id']);
    };
    const lone = await policy(['requestor']);
    // Published while there were two, of whom one goes afterwards.
    const twice = await policy(['ciso', 'helpdesk'], ['ciso']);
    await admin.patch(`/users/${play.idOf('helpdesk')}`, { accountEnabled: false });
    for (const assignmentPolicyId of [lone, twice]) {
      const assignment = { accessPackageId, assignmentPolicyId };
      const answer = await requestor.post(`${root}/assignmentRequests`, { requestType: 'userAdd', assignment });
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'ApproversNotReachable' } } });
      const query = `accessPackageId=${accessPackageId}&policyId=${assignmentPolicyId}`;
      const told = await requestor.get(`/sallyport/explain?${query}`);
      expect(told.body).toMatchObject({ canRequest: false, blockers: [{ code: 'ApproversNotReachable' }] });
    }
  });
});
