import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { decide } from './doors.ts';

describe.each(databaseKinds)('a package that is to start later, on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  const custom = { enableTargetsToSelfAddAccess: true, allowCustomAssignmentSchedule: true };
  const inDays = (days: number) => desk.after(24 * days);
  const state = async (id: string) => String((await desk.request(id))['state']);
  const start = async (days: number, expiration: object = {}) => ({
    schedule: { startDateTime: await inDays(days), expiration },
  });

  test('pain 41: waits for its start once it is approved, and lasts as long from then', async () => {
    const { play } = desk;
    const approval = { isApprovalRequiredForAdd: true, stages: [stageOf(play, 'ciso')] };
    const offer = await desk.offer({ requestorSettings: custom, requestApprovalSettings: approval });
    const person = await desk.hire();
    const terms = await start(2, { type: 'afterDuration', duration: 'P1D' });
    const asked = await desk.add(person, offer.packageId, terms);
    expect(asked).toMatchObject({ status: 201, body: { state: 'pendingApproval' } });
    const id = String(asked.body['id']);
    expect((await decide(await play.as('ciso'), id, 'Approve')).status).toBe(204);
    expect(await desk.request(id)).toMatchObject({ state: 'scheduled', status: 'Scheduled', completedDateTime: null });
    expect(codeOf(await desk.add(person, offer.packageId))).toBe('400 RequestPending');
    expect(await desk.isMember(offer.groupId, person)).toBe(false);
    await play.move('PT47H');
    expect(await state(id)).toBe('scheduled');
    await play.move('PT1H');
    expect(await state(id)).toBe('delivered');
    expect(await desk.isMember(offer.groupId, person)).toBe(true);
    const [assignment] = await desk.assignments(person, offer.packageId);
    const end = await inDays(1);
    expect(assignment).toMatchObject({ schedule: { expiration: { endDateTime: end } } });
    await play.move('P1D');
    expect(await desk.isMember(offer.groupId, person)).toBe(false);
  });

  test('pain 41: starts with its approval where that comes after the start, and lasts from then', async () => {
    const approval = { isApprovalRequiredForAdd: true, stages: [stageOf(desk.play, 'ciso')] };
    const offer = await desk.offer({ requestorSettings: custom, requestApprovalSettings: approval });
    const person = await desk.hire();
    const { body } = await desk.add(person, offer.packageId, await start(1));
    await desk.play.move('P2D');
    await decide(await desk.play.as('ciso'), String(body['id']), 'Approve');
    expect(await state(String(body['id']))).toBe('delivered');
    const [assignment] = await desk.assignments(person, offer.packageId);
    expect(assignment?.['schedule']?.['expiration']?.['endDateTime']).toBe(await inDays(10));
  });

  // Row 43 of what users ask for.
  test('pain 43: does not start when the person has left the scope of the policy meanwhile', async () => {
    const groupId = await desk.group();
    const person = await desk.hire();
    const place = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${person.id}` };
    expect((await desk.admin.post(`/groups/${groupId}/members/$ref`, place)).status).toBe(204);
    const offer = await desk.offer({
      requestorSettings: custom,
      allowedTargetScope: 'specificDirectoryUsers',
      specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId }],
    });
    const asked = await desk.add(person, offer.packageId, await start(2));
    expect(asked).toMatchObject({ status: 201, body: { state: 'scheduled' } });
    expect((await desk.admin.delete(`/groups/${groupId}/members/${person.id}/$ref`)).status).toBe(204);
    await desk.play.move('P2D');
    expect(await state(String(asked.body['id']))).toBe('deliveryFailed');
    expect(await desk.isMember(offer.groupId, person)).toBe(false);
  });

  test('does not start for an account that is disabled, nor where the group is gone', async () => {
    const offer = await desk.offer({ requestorSettings: custom });
    const other = await desk.offer({ requestorSettings: custom });
    const [disabled, person] = [await desk.hire(), await desk.hire()];
    const requests = [
      await desk.add(disabled, offer.packageId, await start(2)),
      await desk.add(person, other.packageId, await start(2)),
    ].map(({ body }) => String(body['id']));
    await desk.admin.patch(`/users/${disabled.id}`, { accountEnabled: false });
    await desk.admin.delete(`/groups/${other.groupId}`);
    await desk.play.move('P2D');
    for (const id of requests) expect(await state(id)).toBe('deliveryFailed');
    expect(await desk.assignments(disabled, offer.packageId)).toEqual([]);
  });

  test('does not start beside what excludes it and was given meanwhile', async () => {
    const [later, other] = [await desk.offer({ requestorSettings: custom }), await desk.offer()];
    const excludes = `${entitlements}/accessPackages/${later.packageId}/incompatibleAccessPackages/$ref`;
    const named = { '@odata.id': `https://graph.microsoft.com/v1.0${entitlements}/accessPackages/${other.packageId}` };
    expect((await desk.admin.post(excludes, named)).status).toBe(204);
    const person = await desk.hire();
    const id = String((await desk.add(person, later.packageId, await start(2))).body['id']);
    expect((await desk.add(person, other.packageId)).status).toBe(201);
    await desk.play.move('P2D');
    expect(await state(id)).toBe('deliveryFailed');
    expect(await desk.isMember(later.groupId, person)).toBe(false);
    expect(await desk.isMember(other.groupId, person)).toBe(true);
  });

  test('is cancelled until it starts, and starts no more', async () => {
    const offer = await desk.offer({ requestorSettings: custom });
    const person = await desk.hire();
    const { body } = await desk.add(person, offer.packageId, await start(2));
    const cancel = `${entitlements}/assignmentRequests/${body['id']}/cancel`;
    expect((await person.post(cancel)).status).toBe(204);
    await desk.play.move('P2D');
    expect(await state(String(body['id']))).toBe('canceled');
    expect(codeOf(await person.post(cancel))).toBe('400 RequestNotCancelable');
    expect((await desk.add(person, offer.packageId)).status).toBe(201);
  });

  test('§2.3 is for the policy to allow, and for an administrator to choose; it never repeats', async () => {
    const offer = await desk.offer();
    const person = await desk.hire();
    expect(codeOf(await desk.add(person, offer.packageId, await start(1)))).toBe('400 ScheduleNotAllowed');
    const recurrence = { pattern: { type: 'daily', interval: 1 }, range: { type: 'noEnd', startDate: '2027-01-01' } };
    expect(codeOf(await desk.add(person, offer.packageId, { schedule: { recurrence } }))).toBe(
      '400 ScheduleNotSupported',
    );
    const given = await desk.ask(desk.admin, {
      requestType: 'adminAdd',
      assignment: { targetId: person.id, assignmentPolicyId: offer.policyId, accessPackageId: offer.packageId },
      ...(await start(1, { type: 'afterDuration', duration: 'PT6H' })),
    });
    expect(given).toMatchObject({ status: 201, body: { state: 'scheduled' } });
    await desk.play.move('P1D');
    expect(await desk.isMember(offer.groupId, person)).toBe(true);
    await desk.play.move('PT6H');
    expect(await desk.isMember(offer.groupId, person)).toBe(false);
  });
});
