import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk } from './desk.ts';
import type { Actor, Json } from './play.ts';

describe.each(databaseKinds)('automatic assignment on %s', (kind) => {
  let desk: Desk;
  let admin: Actor;
  let number = 0;
  beforeAll(async () => {
    desk = await openDesk(kind);
    admin = desk.admin;
  });
  afterAll(() => desk?.play.close());

  const rule = (membershipRule: string, settings: object = {}) => ({
    allowedTargetScope: 'specificDirectoryUsers',
    specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.attributeRuleMembers', membershipRule }],
    automaticRequestSettings: {
      requestAccessForAllowedTargets: true,
      removeAccessWhenTargetLeavesAllowedTargets: true,
      ...settings,
    },
    expiration: { type: 'noExpiration' },
    requestorSettings: {},
  });

  /** A department of its own, somebody in it, and a package for everyone in it. */
  async function scene(settings: object = {}) {
    number += 1;
    const department = `Department ${number}`;
    const person = await hire(department);
    const membershipRule = `user.department -eq "${department}"`;
    return { ...(await desk.offer(rule(membershipRule, settings))), department, person };
  }

  async function hire(department: string): Promise<Actor> {
    const person = await desk.hire();
    await move(person, department);
    return person;
  }

  async function move(person: Actor, department: string): Promise<void> {
    expect((await admin.patch(`/users/${person.id}`, { department })).status).toBe(204);
  }

  async function requests(who: Actor, packageId: string): Promise<string[]> {
    const filter = encodeURIComponent(`accessPackage/id eq '${packageId}' and requestor/objectId eq '${who.id}'`);
    const { body } = await admin.get(`${entitlements}/assignmentRequests?$filter=${filter}`);
    return (body['value'] as unknown as readonly Json[]).map((one) => `${one['requestType']} ${one['state']}`).sort();
  }

  const create = (packageId: string, policy: object) =>
    admin.post(`${entitlements}/assignmentPolicies`, {
      displayName: 'Automatic',
      accessPackage: { id: packageId },
      ...policy,
    });

  test('pain 33: gives to those who are in the scope, who come into it, and takes from who leaves it', async () => {
    const { groupId, packageId, department, person } = await scene();
    expect(await desk.isMember(groupId, person)).toBe(true);
    expect(await requests(person, packageId)).toEqual(['systemAdd delivered']);
    const late = await hire('Elsewhere');
    expect(await desk.isMember(groupId, late)).toBe(false);
    await move(late, department);
    expect(await desk.isMember(groupId, late)).toBe(true);
    await move(late, 'Elsewhere');
    expect(await desk.isMember(groupId, late)).toBe(false);
    expect(await requests(late, packageId)).toEqual(['systemAdd delivered', 'systemRemove delivered']);
    expect((await admin.delete(`/users/${person.id}`)).status).toBe(204);
    expect((await desk.assignments(person, packageId))[0]?.['state']).toBe('expired');
  });

  test('leaves a grace period, which coming back ends', async () => {
    const { groupId, department, person } = await scene({ gracePeriodBeforeAccessRemoval: 'P7D' });
    await move(person, 'Elsewhere');
    await desk.play.move('P6D');
    expect(await desk.isMember(groupId, person)).toBe(true);
    await move(person, department);
    await desk.play.move('P7D');
    expect(await desk.isMember(groupId, person)).toBe(true);
    await move(person, 'Elsewhere');
    await desk.play.move('P7D');
    expect(await desk.isMember(groupId, person)).toBe(false);
  });

  test('follows a change of the policy, and takes all back when it is deleted', async () => {
    const { groupId, policyId, packageId, person } = await scene();
    const other = await hire(`Other ${number}`);
    const changed = { displayName: 'Automatic', ...rule(`user.department -eq "Other ${number}"`) };
    expect((await admin.put(`${entitlements}/assignmentPolicies/${policyId}`, changed)).status).toBe(200);
    expect([await desk.isMember(groupId, person), await desk.isMember(groupId, other)]).toEqual([false, true]);
    expect((await admin.delete(`${entitlements}/assignmentPolicies/${policyId}`)).status).toBe(204);
    expect(await desk.isMember(groupId, other)).toBe(false);
    expect(await requests(other, packageId)).toEqual(['systemAdd delivered', 'systemRemove delivered']);
  });

  test('does not give back what somebody took away, until its holder leaves the scope and returns', async () => {
    const { groupId, packageId, department, person } = await scene();
    const [assignment] = await desk.assignments(person, packageId);
    const remove = { requestType: 'adminRemove', assignment: { id: String(assignment?.['id']) } };
    expect((await desk.ask(admin, remove)).status).toBe(201);
    expect((await admin.patch(`/users/${person.id}`, { jobTitle: 'Boss' })).status).toBe(204);
    expect(await desk.isMember(groupId, person)).toBe(false);
    await desk.play.move('PT1H');
    await move(person, 'Elsewhere');
    await move(person, department);
    expect(await desk.isMember(groupId, person)).toBe(true);
  });

  test('says once why somebody could not be given it, and gives it when nothing stands in the way', async () => {
    const { packageId, department, groupId } = await scene();
    const blocking = await desk.offer();
    const excluding = `${entitlements}/accessPackages/${packageId}/incompatibleAccessPackages/$ref`;
    const address = `https://graph.microsoft.com/v1.0${entitlements}/accessPackages/${blocking.packageId}`;
    expect((await admin.post(excluding, { '@odata.id': address })).status).toBe(204);
    const person = await hire('Elsewhere');
    expect((await desk.add(person, blocking.packageId)).status).toBe(201);
    await move(person, department);
    expect((await admin.patch(`/users/${person.id}`, { jobTitle: 'Boss' })).status).toBe(204);
    expect(await requests(person, packageId)).toEqual(['systemAdd deliveryFailed']);
    const [assignment] = await desk.assignments(person, blocking.packageId);
    await desk.ask(admin, { requestType: 'adminRemove', assignment: { id: String(assignment?.['id']) } });
    expect((await admin.patch(`/users/${person.id}`, { jobTitle: null })).status).toBe(204);
    expect(await desk.isMember(groupId, person)).toBe(true);
  });

  test('never gives to who writes the rule, nor to who changes their own attributes into it', async () => {
    const { groupId, policyId, packageId, department } = await scene();
    const me = `user.userPrincipalName -eq "admin@sallyport.example"`;
    const mine = { displayName: 'Mine', ...rule(me) };
    const changed = await admin.put(`${entitlements}/assignmentPolicies/${policyId}`, mine);
    expect(codeOf(changed)).toBe('403 SelfGrantNotAllowed');
    expect(codeOf(await admin.patch(`/users/${admin.id}`, { department }))).toBe('403 SelfGrantNotAllowed');
    expect(await desk.isMember(groupId, admin)).toBe(false);
    expect(await desk.assignments(admin, packageId)).toEqual([]);
  });

  test('is refused where it would not be what it says', async () => {
    const { packageId } = await scene();
    const sales = 'user.department -eq "Sales"';
    const second = await create(packageId, rule(sales));
    expect([second.status, second.body['error']?.['code']]).toEqual([400, 'AutomaticPolicyExists']);
    const { packageId: free } = await desk.offer();
    const refused = async (changes: object) => codeOf(await create(free, { ...rule(sales), ...changes }));
    const notValid = '400 AutomaticPolicyNotValid';
    expect(await refused({ allowedTargetScope: 'allMemberUsers', specificAllowedTargets: [] })).toBe(notValid);
    expect(await refused({ expiration: { type: 'afterDuration', duration: 'P1D' } })).toBe(notValid);
    expect(await refused({ requestorSettings: { enableTargetsToSelfAddAccess: true } })).toBe(notValid);
    expect(await refused({ automaticRequestSettings: null })).toBe(notValid);
    const removing = { removeAccessWhenTargetLeavesAllowedTargets: true };
    expect(await refused({ specificAllowedTargets: [], automaticRequestSettings: removing })).toBe(notValid);
    expect(codeOf(await create(free, rule('user.department -eq')))).toBe('400 MembershipRuleSyntaxError');
    expect((await create(free, rule(sales))).status).toBe(201);
  });
});
