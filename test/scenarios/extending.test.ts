import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { decide, storyOf } from './doors.ts';
import type { Actor, Answer, Json } from './play.ts';

const extendable = { enableTargetsToSelfAddAccess: true, enableTargetsToSelfUpdateAccess: true };

describe.each(databaseKinds)('§2.2 the end of an assignment on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  async function held(who: Actor, packageId: string): Promise<Json> {
    const [assignment] = await desk.assignments(who, packageId);
    if (assignment === undefined) throw new Error('There is no assignment');
    return assignment;
  }
  const endOf = (assignment: Json) => String(assignment['schedule']?.['expiration']?.['endDateTime']);
  /** A package that its holder has had for a while. */
  async function given(policy: object = {}, days = 8) {
    const offer = await desk.offer({ requestorSettings: extendable, ...policy });
    const who = await desk.hire();
    const asked = await desk.add(who, offer.packageId);
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    await desk.play.move(`P${days}D`);
    return { ...offer, who, assignment: await held(who, offer.packageId) };
  }
  const update = (who: Actor, assignment: Json, changes: object = {}, requestType = 'userUpdate'): Promise<Answer> =>
    desk.ask(who, { requestType, assignment: { id: String(assignment['id']) }, ...changes });
  const hours = (from: string, to: string) => Temporal.Instant.from(to).since(from).total('hours');

  test('moves for its holder, and access with it, in the transaction of the request', async () => {
    const { who, packageId, groupId, assignment } = await given();
    const extended = await update(who, assignment);
    expect(extended).toMatchObject({ status: 201, body: { requestType: 'userUpdate', state: 'delivered' } });
    const after = await held(who, packageId);
    expect(after['id']).toEqual(assignment['id']);
    expect(hours(await desk.play.now(), endOf(after))).toBe(240);
    await desk.play.move('P9D');
    expect(await desk.isMember(groupId, who)).toBe(true);
    await desk.play.move('P1D');
    expect(await desk.isMember(groupId, who)).toBe(false);
    expect(await storyOf(desk.play, String(extended.body['id']))).toEqual(
      expect.arrayContaining([
        'User requests to extend access package assignment: success',
        'Extend access package assignment: success',
      ]),
    );
  });

  test('waits for the same stages where the policy wants approval of updates', async () => {
    const requestApprovalSettings = {
      isApprovalRequiredForAdd: false,
      isApprovalRequiredForUpdate: true,
      stages: [stageOf(desk.play, 'ciso')],
    };
    const { who, packageId, assignment } = await given({ requestApprovalSettings }, 1);
    const asked = await update(who, assignment);
    expect(asked.body).toMatchObject({ state: 'pendingApproval' });
    expect(codeOf(await update(who, assignment))).toBe('400 RequestPending');
    expect(endOf(await held(who, packageId))).toBe(endOf(assignment));
    await desk.play.move('P1D');
    expect((await decide(await desk.play.as('ciso'), String(asked.body['id']), 'Approve')).status).toBe(204);
    // What is given counts from the approval, as with what is asked for anew.
    expect(hours(await desk.play.now(), endOf(await held(who, packageId)))).toBe(240);
    await desk.play.move('P1D');
    const again = await update(who, assignment);
    const before = endOf(await held(who, packageId));
    expect((await decide(await desk.play.as('ciso'), String(again.body['id']), 'Deny')).status).toBe(204);
    expect(endOf(await held(who, packageId))).toBe(before);
  });

  test('where nobody says otherwise, an extension needs the approval that the request needed', async () => {
    const { who, packageId, policyId } = await given({}, 1);
    const stages = [stageOf(desk.play, 'ciso')];
    const path = `${entitlements}/assignmentPolicies/${policyId}`;
    const before = (await desk.admin.get(`${path}?$expand=accessPackage`)).body;
    const changed = await desk.admin.put(path, { ...before, requestApprovalSettings: { stages } });
    expect(changed.status, JSON.stringify(changed.body)).toBeLessThan(300);
    const asked = await update(who, await held(who, packageId));
    expect(asked.body).toMatchObject({ state: 'pendingApproval' });
  });

  test('§1.23 a userAdd of what one has is such a wish', async () => {
    const { who, packageId } = await given();
    expect(await desk.add(who, packageId)).toMatchObject({ status: 201, body: { requestType: 'userUpdate' } });
    const offer = await desk.offer();
    expect((await desk.add(who, offer.packageId)).status).toBe(201);
    expect(codeOf(await desk.add(who, offer.packageId))).toBe('400 AlreadyAssigned');
    const other = await held(who, offer.packageId);
    expect(codeOf(await update(who, other))).toBe('403 SelfExtensionNotAllowed');
  });

  test('moves for an administrator, later and nearer, never for their own', async () => {
    const { who, packageId, groupId, assignment } = await given({
      requestorSettings: { enableTargetsToSelfAddAccess: true },
    });
    expect((await update(desk.admin, assignment, {}, 'adminUpdate')).status).toBe(201);
    expect(hours(await desk.play.now(), endOf(await held(who, packageId)))).toBe(240);
    const schedule = { expiration: { type: 'afterDuration', duration: 'PT5H' } };
    expect((await update(desk.admin, assignment, { schedule }, 'adminUpdate')).status).toBe(201);
    await desk.play.move('PT5H');
    expect(await desk.isMember(groupId, who)).toBe(false);
    expect(codeOf(await update(desk.admin, assignment, {}, 'adminUpdate'))).toBe('400 AssignmentEnded');
    const own = await desk.offer({ requestorSettings: extendable });
    expect((await desk.add(desk.admin, own.packageId)).status).toBe(201);
    await desk.play.move('P1D');
    const mine = await held(desk.admin, own.packageId);
    expect(codeOf(await update(desk.admin, mine, {}, 'adminUpdate'))).toBe('403 SelfGrantNotAllowed');
  });

  test('is nobody else’s business', async () => {
    const { assignment } = await given({}, 1);
    const stranger = await desk.hire();
    expect(codeOf(await update(stranger, assignment))).toBe('404 ResourceNotFound');
    expect(codeOf(await update(stranger, assignment, {}, 'adminUpdate'))).toBe('403 Authorization_RequestDenied');
    expect(codeOf(await desk.ask(stranger, { requestType: 'userUpdate', assignment: {} }))).toBe(
      '400 PropertyRequired',
    );
  });

  test('pain 43: stays where it came when the assignment ended first', async () => {
    const requestApprovalSettings = {
      isApprovalRequiredForUpdate: true,
      isApprovalRequiredForAdd: false,
      stages: [stageOf(desk.play, 'ciso')],
    };
    const { who, groupId, assignment } = await given({ requestApprovalSettings });
    const asked = await update(who, assignment);
    const id = String(asked.body['id']);
    const removed = await desk.ask(desk.admin, {
      requestType: 'adminRemove',
      assignment: { id: String(assignment['id']) },
    });
    expect(removed.status).toBe(201);
    expect((await desk.request(id))['state']).toBe('canceled');
    expect((await decide(await desk.play.as('ciso'), id, 'Approve', id)).status).toBeGreaterThanOrEqual(400);
    expect(await desk.isMember(groupId, who)).toBe(false);

    const other = await given({ requestApprovalSettings }, 9);
    const late = String((await update(other.who, other.assignment)).body['id']);
    await desk.play.move('P1D');
    const answer = await decide(await desk.play.as('ciso'), late, 'Approve', late);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await desk.request(late))['state']).toBe('canceled');
    expect(await desk.isMember(other.groupId, other.who)).toBe(false);
  });

  test('§1.12 what waits is decided by the policy as it was, whatever it has become', async () => {
    const stages = [stageOf(desk.play, 'ciso')];
    const offer = await desk.offer({ requestApprovalSettings: { stages }, requestorSettings: extendable });
    const who = await desk.hire();
    const id = String((await desk.add(who, offer.packageId)).body['id']);
    const path = `${entitlements}/assignmentPolicies/${offer.policyId}`;
    const before = (await desk.admin.get(`${path}?$expand=accessPackage`)).body;
    const changed = await desk.admin.put(path, {
      ...before,
      expiration: { type: 'afterDuration', duration: 'PT1H' },
      requestApprovalSettings: { stages: [stageOf(desk.play, 'manager'), stageOf(desk.play, 'it-manager')] },
    });
    expect(changed.status).toBeLessThan(300);
    expect((await decide(await desk.play.as('manager'), id, 'Approve', id)).status).toBeGreaterThanOrEqual(400);
    expect((await decide(await desk.play.as('ciso'), id, 'Approve')).status).toBe(204);
    expect((await desk.request(id))['state']).toBe('delivered');
    expect(hours(await desk.play.now(), endOf(await held(who, offer.packageId)))).toBe(240);
  });

  test('is moved or taken away, when both are asked for at once, and nobody keeps access that was taken', async () => {
    const { who, packageId, groupId, assignment } = await given();
    const [extended, removed] = await Promise.all([
      update(who, assignment),
      desk.ask(desk.admin, { requestType: 'adminRemove', assignment: { id: String(assignment['id']) } }),
    ]);
    expect(removed.status).toBe(201);
    expect([201, 400]).toContain(extended.status);
    expect(await desk.isMember(groupId, who)).toBe(false);
    expect(await desk.assignments(who, packageId)).toMatchObject([{ state: 'expired' }]);
  });

  test('is moved once, when it is asked for twice at once', async () => {
    const { who, packageId, assignment } = await given();
    const answers = await Promise.all([update(who, assignment), update(who, assignment), update(who, assignment)]);
    const codes = answers.map((one) => (one.status === 201 ? '201' : codeOf(one))).sort();
    expect(codes).toEqual(['201', '400 ExtensionNotLater', '400 ExtensionNotLater']);
    expect(hours(await desk.play.now(), endOf(await held(who, packageId)))).toBe(240);
  });
});
