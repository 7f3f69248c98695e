import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { decide, openStage } from './doors.ts';
import type { Actor } from './play.ts';

/** Entra's API passes the approval, its portal may ask for it: an organisation settles which. */
describe.each(databaseKinds)('§1.18 what an administrator gives on %s', (kind) => {
  let desk: Desk;
  let admin: Actor;
  let ciso: Actor;
  beforeAll(async () => {
    desk = await openDesk(kind);
    admin = desk.admin;
    ciso = await desk.play.as('ciso');
  });
  afterAll(() => desk?.play.close());

  const settle = async (directAssignment: string) =>
    expect((await admin.patch('/sallyport/settings', { directAssignment })).status).toBe(200);
  const offer = () => desk.offer({ requestApprovalSettings: { stages: [stageOf(desk.play, 'admin', 'ciso')] } });
  const give = (targetId: string, { packageId, policyId }: { packageId: string; policyId: string }) =>
    desk.ask(admin, {
      requestType: 'adminAdd',
      assignment: { targetId, accessPackageId: packageId, assignmentPolicyId: policyId },
    });

  test('is there at once, and moved at once, where nobody has settled otherwise', async () => {
    const [who, offered] = [await desk.hire(), await offer()];
    expect(await give(who.id, offered)).toMatchObject({ status: 201, body: { state: 'delivered' } });
    expect(await desk.isMember(offered.groupId, who)).toBe(true);
    const [assignment] = await desk.assignments(who, offered.packageId);
    await desk.play.move('P1D');
    const moved = await desk.ask(admin, { requestType: 'adminUpdate', assignment: { id: String(assignment?.['id']) } });
    expect(moved).toMatchObject({ status: 201, body: { state: 'delivered' } });
  });

  test('waits for the stages of the policy where that is settled, which the administrator decides not', async () => {
    await settle('asksForApproval');
    const [who, offered] = [await desk.hire(), await offer()];
    const given = await give(who.id, offered);
    expect(given).toMatchObject({ status: 201, body: { requestType: 'adminAdd', state: 'pendingApproval' } });
    const id = String(given.body['id']);
    expect(await desk.isMember(offered.groupId, who)).toBe(false);
    expect(codeOf(await give(who.id, offered))).toBe('400 RequestPending');
    const stage = String((await openStage(ciso, id))?.['id']);
    expect(codeOf(await decide(admin, id, 'Approve', stage))).toBe('403 OwnRequestNotDecidable');
    expect((await decide(ciso, id, 'Approve')).status).toBe(204);
    expect(await desk.isMember(offered.groupId, who)).toBe(true);
    const [assignment] = await desk.assignments(who, offered.packageId);
    await desk.play.move('P1D');
    const moved = await desk.ask(admin, { requestType: 'adminUpdate', assignment: { id: String(assignment?.['id']) } });
    expect(moved).toMatchObject({ status: 201, body: { state: 'pendingApproval' } });
    const denied = await give((await desk.hire()).id, offered);
    expect((await decide(ciso, String(denied.body['id']), 'Deny')).status).toBe(204);
    expect((await admin.get(`${entitlements}/assignmentRequests/${denied.body['id']}`)).body).toMatchObject({
      state: 'denied',
    });
    await settle('bypassesApproval');
    expect(await give((await desk.hire()).id, offered)).toMatchObject({ body: { state: 'delivered' } });
  });
});
