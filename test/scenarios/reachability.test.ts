import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { approvedBy, changeRule, helpdesk, policyIdOf } from './pim.ts';
import type { Actor, Json } from './play.ts';

const byManager = { '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 };
const person = (userId: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId });

describe.each(databaseKinds)('who can decide by a policy on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  const stageBy = (...approvers: object[]) => ({ ...stageOf(desk.play), primaryApprovers: approvers });
  const publish = (stages: object[], changes: object = {}) =>
    desk.offer().then(({ packageId }) =>
      desk.admin.post(`${entitlements}/assignmentPolicies`, {
        displayName: 'Published',
        accessPackage: { id: packageId },
        allowedTargetScope: 'allMemberUsers',
        expiration: { type: 'afterDuration', duration: 'P10D' },
        requestorSettings: { enableTargetsToSelfAddAccess: true },
        requestApprovalSettings: { stages },
        ...changes,
      }),
    );
  const gone = async (): Promise<Actor> => {
    const who = await desk.hire();
    expect((await desk.admin.patch(`/users/${who.id}`, { accountEnabled: false })).status).toBe(204);
    return who;
  };
  const list = (value: unknown) => value as readonly Json[];
  const reach = async (id: string) => (await desk.admin.get(`/sallyport/reachability?policyId=${id}`)).body;

  test('pain 14: a policy whose approvers are all gone is not published, and says who is missing', async () => {
    const who = await gone();
    const refused = await publish([stageOf(desk.play, 'ciso'), stageBy(person(who.id))]);
    expect(codeOf(refused)).toBe('400 ApproversNotReachable');
    expect(refused.body['error']).toMatchObject({
      message: expect.stringMatching(/stage 2.*is disabled or deleted/),
      target: 'requestApprovalSettings/stages/1',
    });
    const empty = { '@odata.type': '#microsoft.graph.groupMembers', groupId: await desk.group() };
    expect((await publish([stageBy(empty)])).body['error']).toMatchObject({
      message: expect.stringMatching(/nobody in it/),
    });
    const withFallback = { ...stageBy(person(who.id)), fallbackPrimaryApprovers: [person(desk.play.idOf('ciso'))] };
    expect((await publish([withFallback])).status).toBe(201);
  });

  test('one person for two stages is nobody for one of them, unless the policy lets one decide both', async () => {
    const twice = await publish([stageOf(desk.play, 'ciso'), stageOf(desk.play, 'ciso')]);
    expect(codeOf(twice)).toBe('400 ApproversNotReachable');
    expect((await publish([stageOf(desk.play, 'ciso'), stageOf(desk.play, 'ciso', 'it-manager')])).status).toBe(201);
  });

  test('managers are proved by the people of the scope', async () => {
    const alone = await desk.hire();
    const led = await desk.hire('manager');
    const forThese = (...people: Actor[]) => ({
      allowedTargetScope: 'specificDirectoryUsers',
      specificAllowedTargets: people.map(({ id }) => person(id)),
    });
    expect(codeOf(await publish([stageBy(byManager)], forThese(alone)))).toBe('400 ApproversNotReachable');
    const mixed = await publish([stageBy(byManager)], forThese(alone, led));
    expect(mixed.status).toBe(201);
    expect(await reach(String(mixed.body['id']))).toMatchObject({
      isReachable: false,
      peopleLookedAt: 2,
      isComplete: true,
      findings: [{ kind: 'requestorsWithoutApprovers', people: [{ id: alone.id }] }],
    });
  });

  test('is told stage by stage, with what to put right', async () => {
    const who = await desk.hire();
    const made = await publish([stageBy(person(who.id)), stageOf(desk.play, 'ciso', 'it-manager')], {
      allowedTargetScope: 'specificDirectoryUsers',
      // Nobody decides their own request: for the lone approver there would be nobody.
      specificAllowedTargets: [person((await desk.hire()).id)],
    });
    const id = String(made.body['id']);
    const good = await reach(id);
    expect(good).toMatchObject({ isReachable: true, findings: [{ kind: 'singleApprover', stage: 1 }] });
    expect(list(good['stages']).map((one) => list(one['approvers']).map((each) => String(each['id'])))).toEqual([
      [who.id],
      expect.arrayContaining([desk.play.idOf('ciso'), desk.play.idOf('it-manager')]),
    ]);
    await desk.admin.patch(`/users/${who.id}`, { accountEnabled: false });
    expect(await reach(id)).toMatchObject({
      isReachable: false,
      findings: [{ kind: 'unreachableStage', stage: 1 }],
      stages: [{ isReachable: false, missing: [expect.stringMatching(/disabled or deleted/)] }, { isReachable: true }],
    });
  });

  test('of a policy that is not kept yet, all that would be refused is told at once, and who could decide', async () => {
    const { packageId } = await desk.offer();
    const who = await gone();
    const draft = {
      displayName: 'Looked at',
      accessPackage: { id: packageId },
      allowedTargetScope: 'specificDirectoryUsers',
      specificAllowedTargets: [person((await desk.hire('manager')).id)],
      expiration: { type: 'afterDuration', duration: 'PT8H' },
      requestorSettings: { enableTargetsToSelfAddAccess: true },
      requestApprovalSettings: { stages: [stageBy(byManager), stageOf(desk.play, 'ciso', 'it-manager')] },
    };
    const examine = (changes: object, actor = desk.admin, query = '') =>
      actor.post(`/sallyport/assignmentPolicies/examine${query}`, { ...draft, ...changes });
    expect(await examine({})).toMatchObject({
      status: 200,
      body: { faults: [], reachability: { isReachable: true, peopleLookedAt: 1, stages: [{}, { isReachable: true }] } },
    });
    const wrong = await examine({
      displayName: ' ',
      specificAllowedTargets: [person(crypto.randomUUID())],
      expiration: { type: 'afterDuration' },
      requestApprovalSettings: {
        stages: [
          { ...stageBy(byManager), durationBeforeAutomaticDenial: 'P15D' },
          stageBy(),
          stageOf(desk.play, 'ciso'),
        ],
      },
    });
    expect(list(wrong.body['faults']).map((one) => `${one['code']} ${one['target']}`)).toEqual([
      'PropertyRequired displayName',
      'ExpirationNotValid expiration/duration',
      'DecisionTimeNotValid requestApprovalSettings/stages/0/durationBeforeAutomaticDenial',
      'ApproversNotValid requestApprovalSettings/stages/1/primaryApprovers',
      'SubjectNotFound specificAllowedTargets/0/userId',
    ]);
    expect(wrong.body['reachability']).toBeNull();
    const lost = await examine({ requestApprovalSettings: { stages: [stageBy(person(who.id))] } });
    expect(lost.body).toMatchObject({
      faults: [{ code: 'ApproversNotReachable', target: 'requestApprovalSettings/stages/0' }],
      reachability: { stages: [{ isReachable: false, missing: [expect.stringMatching(/disabled or deleted/)] }] },
    });
    const twice = { requestApprovalSettings: { stages: [stageOf(desk.play, 'ciso'), stageOf(desk.play, 'ciso')] } };
    expect(list((await examine(twice)).body['faults'])).toMatchObject([{ code: 'ApproversNotReachable' }]);
    const same = '?allowsSameApproverInSeveralStages=true';
    expect((await examine(twice, desk.admin, same)).body['faults']).toEqual([]);
    const { body } = await desk.admin.get(`${entitlements}/accessPackages/${packageId}/assignmentPolicies`);
    expect(list(body['value']).map((one) => one['displayName'])).not.toContain('Looked at');
    expect((await examine({}, await desk.hire())).status).toBe(403);
    const catalogs = await desk.admin.get(`${entitlements}/catalogs?$filter=displayName eq 'General'`);
    const query = `?catalogId=${catalogs.body['value']?.[0]?.['id']}`;
    expect((await examine({ accessPackage: null }, desk.admin, query)).body).toMatchObject({ faults: [] });
  });

  test('is for those who may read the catalog', async () => {
    const { policyId } = await desk.offer();
    const stranger = await desk.hire();
    expect((await stranger.get(`/sallyport/reachability?policyId=${policyId}`)).status).toBe(403);
    expect((await desk.admin.get(`/sallyport/reachability?policyId=${crypto.randomUUID()}`)).status).toBe(404);
    expect((await desk.admin.get('/sallyport/reachability')).status).toBe(400);
  });

  test('at the second door, approvers of whom none is there are no approvers', async () => {
    const who = await gone();
    const policyId = await policyIdOf(desk.admin, helpdesk);
    const change = (...ids: string[]) =>
      changeRule(desk.admin, policyId, 'Approval_EndUser_Assignment', approvedBy(...ids));
    expect(codeOf(await change(who.id))).toBe('400 ApproversNotReachable');
    expect((await change(who.id, desk.play.idOf('ciso'))).status).toBeLessThan(300);
  });

  test('pain 42: who wrote a policy without approval gets nothing privileged by it', async () => {
    const author = await desk.hire();
    const assigned = await desk.admin.post('/roleManagement/directory/roleAssignments', {
      roleDefinitionId: '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e',
      principalId: author.id,
      directoryScopeId: '/',
    });
    expect(assigned.status).toBe(201);
    const { body } = await desk.admin.get(
      `${entitlements}/accessPackages?$filter=contains(displayName,'Global Admin')`,
    );
    const packageId = String(body['value']?.[0]?.['id']);
    const open = (who: Actor) =>
      who.post(`${entitlements}/assignmentPolicies`, {
        displayName: 'For me',
        accessPackage: { id: packageId },
        allowedTargetScope: 'specificDirectoryUsers',
        specificAllowedTargets: [person(author.id)],
        expiration: { type: 'afterDuration', duration: 'P1D' },
        requestorSettings: { enableTargetsToSelfAddAccess: true },
      });
    expect((await open(author)).status).toBe(201);
    expect(codeOf(await desk.add(author, packageId))).toBe('403 SelfGrantNotAllowed');
    const other = await desk.admin.get(`${entitlements}/assignmentPolicies?$filter=displayName eq 'For me'`);
    const id = String(other.body['value']?.[0]?.['id']);
    const whole = (await desk.admin.get(`${entitlements}/assignmentPolicies/${id}?$expand=accessPackage`)).body;
    // Once somebody else has put their name to it, it is their decision.
    expect((await desk.admin.put(`${entitlements}/assignmentPolicies/${id}`, whole)).status).toBeLessThan(300);
    expect((await desk.add(author, packageId)).status).toBe(201);
  });
});
