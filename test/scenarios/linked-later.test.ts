import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk } from './desk.ts';
import { decide, openStage } from './doors.ts';
import type { Actor } from './play.ts';

const links = '/sallyport/linkedAccounts';

describe.each(databaseKinds)('pain 42: accounts that are linked while a request waits, on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  const stage = (...people: readonly Actor[]) => ({
    durationBeforeAutomaticDenial: 'P3D',
    isApproverJustificationRequired: false,
    primaryApprovers: people.map(({ id }) => ({ '@odata.type': '#microsoft.graph.singleUser', userId: id })),
  });
  async function scene(...stages: readonly object[]) {
    const offer = await desk.offer({ requestApprovalSettings: { stages } });
    const who = await desk.hire();
    const asked = await desk.add(who, offer.packageId);
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    return { ...offer, who, id: String(asked.body['id']) };
  }
  const link = (...accounts: readonly Actor[]) => desk.admin.post(links, { accountIds: accounts.map(({ id }) => id) });
  const stageIdAs = async (actor: Actor, id: string) => String((await openStage(actor, id))?.['id']);

  test('do not decide for their own human, and not after they are taken apart again', async () => {
    const [second, other] = [await desk.hire(), await desk.hire()];
    const { who, id, groupId } = await scene(stage(second, other));
    const stageId = await stageIdAs(desk.admin, id);
    const linked = await link(who, second);
    expect(linked.status).toBe(201);
    expect(codeOf(await decide(second, id, 'Approve', stageId))).toBe('403 OwnRequestNotDecidable');
    await desk.play.move('PT1M');
    expect((await desk.admin.delete(`${links}/${linked.body['id']}`)).status).toBe(204);
    expect(codeOf(await decide(second, id, 'Approve', stageId))).toBe('403 OwnRequestNotDecidable');
    expect(await desk.isMember(groupId, who)).toBe(false);
    expect((await decide(other, id, 'Approve', stageId)).status).toBe(204);
  });

  test('count as one in two stages', async () => {
    const [first, second, other] = [await desk.hire(), await desk.hire(), await desk.hire()];
    const { id } = await scene(stage(first), stage(second, other));
    expect((await decide(first, id, 'Approve')).status).toBe(204);
    const stageId = await stageIdAs(desk.admin, id);
    expect((await link(first, second)).status).toBe(201);
    expect(codeOf(await decide(second, id, 'Approve', stageId))).toBe('403 DistinctApproversRequired');
    expect((await decide(other, id, 'Approve', stageId)).status).toBe(204);
    expect((await desk.request(id))['state']).toBe('delivered');
  });

  test('leave the stage to the fallback where nobody else could decide, and it is told', async () => {
    const [second, fallback] = [await desk.hire(), await desk.hire()];
    const { who, id } = await scene({
      ...stage(second),
      fallbackPrimaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: fallback.id }],
    });
    expect((await link(who, second)).status).toBe(201);
    const told = await desk.play.mailsTo(fallback.id);
    expect(told.map(({ event }) => event)).toEqual(['package-approval.approversChanged']);
    expect((await decide(fallback, id, 'Approve')).status).toBe(204);
    const path = `${entitlements}/assignmentRequests/${id}`;
    expect((await who.get(path)).body).toMatchObject({ state: 'delivered' });
  });
});
