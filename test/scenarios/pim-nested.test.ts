import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { entitlements } from './desk.ts';
import { askGroup, askRole, groups, helpdesk, holds, lasting, listed, newGroup, newPerson, outcome } from './pim.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const month = { scheduleInfo: lasting('P30D') };
const hours = (count: number) => ({ scheduleInfo: lasting(`PT${count}H`) });

describe.each(databaseKinds)('§4.5 a group that is eligible in a role-assignable group, on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  /** Holds the role; the team may come into it. */
  let holding: string;
  let team: string;
  let inner: string;
  let person: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    holding = await newGroup(admin);
    team = await newGroup(admin, { isAssignableToRole: false });
    inner = await newGroup(admin, { isAssignableToRole: false });
    person = await newPerson(play, admin);
    expect(outcome(await askRole(admin, 'active', 'adminAssign', holding, month))).toBe('201');
    expect(outcome(await askGroup(admin, 'eligible', 'adminAssign', team, holding, month))).toBe('201');
    await join(team, inner);
  });
  afterAll(() => play?.close());

  const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
  const join = async (group: string, id: string) =>
    expect(outcome(await admin.post(`/groups/${group}/members/$ref`, reference(id)))).toBe('204');
  const leave = async (group: string, id: string) =>
    expect(outcome(await admin.delete(`/groups/${group}/members/${id}/$ref`))).toBe('204');
  const activate = (who: Actor, group: string, more: object = hours(2)) =>
    askGroup(who, 'active', 'selfActivate', who.id, group, more);
  /** What somebody can use of the role now, by whichever way. */
  const active = async (who: Actor) => {
    const { body } = await admin.get(`/sallyport/effectiveAccess?principalId=${who.id}&privilege=${helpdesk}`);
    return (body['value'] as unknown as readonly { isActive: boolean }[]).some(({ isActive }) => isActive);
  };

  test('lets each of its members activate for themselves, nested or not, and nobody for all', async () => {
    await join(inner, person.id);
    const colleague = await newPerson(play, admin);
    await join(team, colleague.id);
    expect(outcome(await askGroup(admin, 'active', 'adminAssign', team, holding, hours(2)))).toBe('Request_BadRequest');
    expect(outcome(await activate(person, holding))).toBe('201');
    expect([await active(person), await active(colleague)]).toEqual([true, false]);
    expect(await listed(admin, `/groups/${holding}/members?$select=id`)).toMatchObject([{ id: person.id }]);
    const own = `${groups}/eligibilityScheduleInstances/filterByCurrentUser(on='principal')`;
    expect(await listed(person, own)).toMatchObject([{ groupId: holding, memberType: 'group' }]);
    const filter = `groupId eq '${holding}' and principalId eq '${person.id}'`;
    expect(await listed(admin, `${groups}/assignmentScheduleInstances?$filter=${filter}`)).toMatchObject([
      { assignmentType: 'activated' },
    ]);
  });

  test('takes the activation along when its member leaves it, and no later than the outermost link ends', async () => {
    expect(await active(person)).toBe(true);
    await leave(inner, person.id);
    expect(await active(person)).toBe(false);
    expect(outcome(await activate(person, holding))).toBe('RoleAssignmentRequestPolicyValidationFailed');
    await join(inner, person.id);
    expect(outcome(await activate(person, holding))).toBe('201');
    await leave(team, inner);
    expect(await active(person)).toBe(false);
    await join(team, inner);
  });

  test('opens to who is eligible in it only once they have activated that, and shuts with it', async () => {
    const climber = await newPerson(play, admin);
    expect(outcome(await askGroup(admin, 'eligible', 'adminAssign', climber.id, team, month))).toBe('201');
    expect(outcome(await activate(climber, holding))).toBe('RoleAssignmentRequestPolicyValidationFailed');
    expect(outcome(await activate(climber, team, hours(1)))).toBe('201');
    expect(outcome(await activate(climber, holding, hours(8)))).toBe('201');
    expect(await active(climber)).toBe(true);
    // Eight hours were asked for; the membership through which they come lasts one.
    await play.move('PT1H');
    expect(await active(climber)).toBe(false);
  });

  test('shuts for all when its own eligibility is taken away', async () => {
    expect(outcome(await activate(person, holding))).toBe('201');
    await play.move('PT6M');
    expect(outcome(await askGroup(admin, 'eligible', 'adminRemove', team, holding))).toBe('201');
    expect(await active(person)).toBe(false);
    expect(await listed(admin, `/groups/${holding}/members?$select=id`)).toEqual([]);
  });
});

describe.each(databaseKinds)('§5.6 in the first five minutes of an activation, on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let groupId: string;
  let packageId: string;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    groupId = await newGroup(admin);
    expect(outcome(await askRole(admin, 'active', 'adminAssign', groupId, month))).toBe('201');
    const anybody = await newPerson(play, admin);
    expect(outcome(await askGroup(admin, 'eligible', 'adminAssign', anybody.id, groupId, month))).toBe('201');
    const catalog = { id: await made(`${entitlements}/catalogs`, { displayName: 'Catalog' }) };
    const origin = { originId: groupId, originSystem: 'AadGroup' };
    await made(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource: origin, catalog });
    packageId = await made(`${entitlements}/accessPackages`, { displayName: 'AP', catalog });
    await made(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, {
      role: { originId: `EligibleMember_${groupId}`, originSystem: 'AadGroup' },
      scope: origin,
    });
    await made(`${entitlements}/assignmentPolicies`, {
      displayName: 'Policy',
      accessPackage: { id: packageId },
      allowedTargetScope: 'allMemberUsers',
      expiration: { type: 'afterDuration', duration: 'PT2H' },
    });
  });
  afterAll(() => play?.close());

  async function made(path: string, body: object): Promise<string> {
    const answer = await admin.post(path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return String(answer.body['id']);
  }
  const active = async (who: Actor) =>
    (await listed(admin, `/groups/${groupId}/members?$select=id`)).some(({ id }) => String(id) === who.id);
  /** Somebody who has just activated what a package made them eligible for. */
  async function activated(duration = 1) {
    const who = await newPerson(play, admin);
    const id = await made(`${entitlements}/assignmentRequests`, {
      requestType: 'adminAdd',
      assignment: { targetId: who.id, accessPackageId: packageId },
    });
    const { body } = await admin.get(`${entitlements}/assignmentRequests/${id}?$expand=assignment`);
    expect(outcome(await askGroup(who, 'active', 'selfActivate', who.id, groupId, hours(duration)))).toBe('201');
    expect(await active(who)).toBe(true);
    return { who, assignmentId: String(body['assignment']?.['id']) };
  }

  test('PIM takes nothing back by request, the eligibility neither', async () => {
    const { who } = await activated();
    expect(outcome(await askGroup(who, 'active', 'selfDeactivate', who.id, groupId))).toBe('ActiveDurationTooShort');
    for (const mode of ['active', 'eligible'] as const) {
      expect(outcome(await askGroup(admin, mode, 'adminRemove', who.id, groupId))).toBe('ActiveDurationTooShort');
    }
    expect(await active(who)).toBe(true);
    await play.move('PT5M');
    expect(outcome(await askGroup(who, 'active', 'selfDeactivate', who.id, groupId))).toBe('201');
    expect(await active(who)).toBe(false);
  });

  test('the removal of the package passes', async () => {
    const { who, assignmentId } = await activated();
    await made(`${entitlements}/assignmentRequests`, { requestType: 'adminRemove', assignment: { id: assignmentId } });
    expect(await active(who)).toBe(false);
  });

  test('the end of the package passes', async () => {
    const { who } = await activated(8);
    await play.move('PT1H58M');
    const again = await askGroup(who, 'active', 'selfActivate', who.id, groupId, hours(8));
    expect(outcome(again)).toBe('RoleAssignmentExists');
    await play.move('PT2M');
    expect(await active(who)).toBe(false);
  });

  test('shutting the account, deleting it, and taking the person out of the group by hand pass', async () => {
    const [shut, gone, out] = [await activated(), await activated(), await activated()];
    expect(outcome(await admin.patch(`/users/${shut.who.id}`, { accountEnabled: false }))).toBe('204');
    expect(outcome(await admin.delete(`/users/${gone.who.id}`))).toBe('204');
    expect(outcome(await admin.delete(`/groups/${groupId}/members/${out.who.id}/$ref`))).toBe('204');
    expect([await active(shut.who), await active(gone.who), await active(out.who)]).toEqual([false, false, false]);
  });

  test('the end of what its group holds passes', async () => {
    const { who } = await activated();
    expect(await holds(admin, groupId)).toBe(true);
    expect(outcome(await admin.delete(`/groups/${groupId}`))).toBe('204');
    expect(await holds(admin, groupId)).toBe(false);
    const { body } = await admin.get(`/sallyport/effectiveAccess?principalId=${who.id}`);
    expect(body['value']).toEqual([]);
  });
});
