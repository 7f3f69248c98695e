import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { decide } from './doors.ts';
import { askGroup, changeRule, groups, lasting, listed, newGroup, policyIdOf } from './pim.ts';
import type { Actor, Json } from './play.ts';

describe.each(databaseKinds)('the end of what a request asks for, on %s', (kind) => {
  let desk: Desk;
  let groupId: string;
  beforeAll(async () => {
    desk = await openDesk(kind);
    groupId = await newGroup(desk.admin);
    // PIM lets nobody be eligible for longer than four days.
    const policy = await policyIdOf(desk.admin, 'member', groupId);
    const maximum = { isExpirationRequired: true, maximumDuration: 'P4D' };
    expect((await changeRule(desk.admin, policy, 'Expiration_Admin_Eligibility', maximum)).status).toBe(204);
  });
  afterAll(() => desk?.play.close());

  /** A package that makes eligible, by a policy of ten days with one stage. */
  async function offered(changes: object = {}) {
    const { packageId } = await desk.offer({
      requestApprovalSettings: { stages: [stageOf(desk.play, 'ciso')] },
      ...changes,
    });
    const path = `${entitlements}/accessPackages/${packageId}`;
    const { body } = await desk.admin.get(`${path}?$expand=catalog`);
    const resource = { originId: groupId, originSystem: 'AadGroup' };
    const catalog = { id: String(body['catalog']?.['id']) };
    await desk.admin.post(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog });
    const role = { originId: `EligibleMember_${groupId}`, originSystem: 'AadGroup' };
    expect((await desk.admin.post(`${path}/resourceRoleScopes`, { role, scope: resource })).status).toBe(201);
    return packageId;
  }
  const endOf = (actor: Actor, id: string) => actor.get(`/sallyport/assignmentRequests/${id}/effectiveEnd`);
  const asked = async (who: Actor, packageId: string, changes: object = {}) => {
    const { status, body } = await desk.add(who, packageId, changes);
    expect(status, JSON.stringify(body)).toBe(201);
    return String(body['id']);
  };

  test('is one, with what binds it, on request, assignment, eligibility and activation', async () => {
    const [who, ciso] = [await desk.hire(), await desk.play.as('ciso')];
    const packageId = await offered();
    const id = await asked(who, packageId);
    const bound = { reason: 'eligibilityMaximum', boundById: groupId };
    for (const actor of [who, ciso, desk.admin]) {
      const seen = await endOf(actor, id);
      expect(seen.body).toMatchObject({ state: 'pendingApproval', isDelivered: false, endsBecause: bound });
      expect(seen.body['endDateTime']).toBe((await desk.after(96)).replace('.000000', ''));
    }
    await desk.play.move('P1D');
    expect((await decide(ciso, id, 'Approve')).status).toBe(204);
    const end = await desk.after(96);
    const delivered = await endOf(who, id);
    expect(delivered.body).toMatchObject({ state: 'delivered', isDelivered: true, endsBecause: bound });
    const [assignment] = await desk.assignments(who, packageId);
    const own = (await who.get(`/sallyport/assignments/${assignment?.['id']}`)).body;
    const [eligible] = await listed(who, `${groups}/eligibilitySchedules?$filter=groupId eq '${groupId}'`);
    await desk.play.move('PT90H');
    const activated = await askGroup(who, 'active', 'selfActivate', who.id, groupId, { scheduleInfo: lasting('PT8H') });
    expect(activated.status, JSON.stringify(activated.body)).toBe(201);
    const filter = `groupId eq '${groupId}' and principalId eq '${who.id}'`;
    const [active] = await listed(who, `${groups}/assignmentScheduleInstances?$filter=${filter}`);
    const ends = [
      delivered.body['endDateTime'],
      own['endDateTime'],
      assignment?.['schedule']?.['expiration']?.['endDateTime'],
      eligible?.['scheduleInfo']?.['expiration']?.['endDateTime'],
      active?.['endDateTime'],
    ].map((one: Json | undefined) => Temporal.Instant.from(String(one)).toString());
    expect(new Set(ends)).toEqual(new Set([Temporal.Instant.from(end).toString()]));
    const { body } = await who.get(`/sallyport/effectiveAccess?principalId=${who.id}&privilege=${groupId}`);
    const ways = body['value'] as unknown as readonly Json[];
    expect(ways.map((way) => way['endsBecause']?.['reason'])).toEqual(['eligibilityMaximum', 'eligibilityMaximum']);
  });

  test('is that of the start that was asked for, and that of the policy where nothing binds more', async () => {
    const who = await desk.hire();
    const { packageId } = await desk.offer({
      requestorSettings: { enableTargetsToSelfAddAccess: true, allowCustomAssignmentSchedule: true },
    });
    const startDateTime = await desk.after(48);
    const id = await asked(who, packageId, { schedule: { startDateTime } });
    const seen = (await endOf(who, id)).body;
    expect(seen).toMatchObject({ state: 'scheduled', endsBecause: { reason: 'policy' } });
    expect(String(seen['endDateTime'])).toBe((await desk.after(48 + 240)).replace('.000000', ''));
  });

  test('is that of the assignment, and why, when it has ended early; none when nothing came of it', async () => {
    const [who, ciso] = [await desk.hire(), await desk.play.as('ciso')];
    const packageId = await offered();
    const denied = await asked(who, packageId);
    expect((await decide(ciso, denied, 'Deny')).status).toBe(204);
    expect((await endOf(who, denied)).body).toMatchObject({ state: 'denied', isDelivered: false, endDateTime: null });
    const id = await asked(who, packageId);
    expect((await decide(ciso, id, 'Approve')).status).toBe(204);
    await desk.play.move('PT1H');
    const [assignment] = await desk.assignments(who, packageId);
    const removal = { requestType: 'adminRemove', assignment: { id: String(assignment?.['id']) } };
    expect((await desk.ask(desk.admin, removal)).status).toBe(201);
    expect((await endOf(who, id)).body).toMatchObject({
      isDelivered: true,
      endDateTime: (await desk.after(0)).replace('.000000', ''),
      endsBecause: { reason: 'removedByAdministrator' },
    });
  });

  test('of a wish for a later end is the end that it leads to', async () => {
    const [who, ciso] = [await desk.hire(), await desk.play.as('ciso')];
    const { packageId } = await desk.offer({
      requestorSettings: { enableTargetsToSelfAddAccess: true, enableTargetsToSelfUpdateAccess: true },
      requestApprovalSettings: {
        isApprovalRequiredForAdd: false,
        isApprovalRequiredForUpdate: true,
        stages: [stageOf(desk.play, 'ciso')],
      },
    });
    await asked(who, packageId);
    await desk.play.move('P2D');
    const update = await asked(who, packageId);
    const later = (await endOf(who, update)).body['endDateTime'];
    expect(String(later)).toBe((await desk.after(240)).replace('.000000', ''));
    expect((await decide(ciso, update, 'Approve')).status).toBe(204);
    expect((await endOf(who, update)).body).toMatchObject({ isDelivered: true, endDateTime: later });
  });

  test('is nobody else’s business', async () => {
    const [who, stranger] = [await desk.hire(), await desk.hire()];
    const id = await asked(who, (await desk.offer()).packageId);
    expect(codeOf(await endOf(stranger, id))).toBe('403 Authorization_RequestDenied');
    expect(codeOf(await endOf(stranger, crypto.randomUUID()))).toBe('403 Authorization_RequestDenied');
    expect(codeOf(await endOf(desk.admin, crypto.randomUUID()))).toBe('404 ResourceNotFound');
    expect(codeOf(await endOf(desk.admin, 'nonsense'))).toBe('404 ResourceNotFound');
  });
});
