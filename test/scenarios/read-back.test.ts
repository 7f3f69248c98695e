import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Desk, entitlements, openDesk } from './desk.ts';
import { changeRule, helpdesk, policies, policyIdOf } from './pim.ts';
import type { Json } from './play.ts';

/** What design as code leans on: what was taken is kept, and sent again it changes nothing. */
describe.each(databaseKinds)('what is read back on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  const read = async (policyId: string) =>
    (await desk.admin.get(`${entitlements}/assignmentPolicies/${policyId}?$expand=accessPackage,questions`)).body;
  const lasting = ({ modifiedDateTime, ...rest }: Json) => rest;

  test('pain 7: keeps the manager as an approver, of whatever level, and who stands in', async () => {
    const ciso = { '@odata.type': '#microsoft.graph.singleUser', userId: desk.play.idOf('ciso') };
    const manager = { '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 2 };
    const stage = {
      durationBeforeAutomaticDenial: 'P5D',
      isApproverJustificationRequired: true,
      isEscalationEnabled: true,
      durationBeforeEscalation: 'P2D',
      primaryApprovers: [{ ...manager, managerLevel: 1 }],
      fallbackPrimaryApprovers: [ciso],
      escalationApprovers: [manager],
      fallbackEscalationApprovers: [ciso],
    };
    const { policyId } = await desk.offer({ requestApprovalSettings: { stages: [stage] } });
    const kept = (await read(policyId))['requestApprovalSettings']?.['stages'];
    expect(kept).toMatchObject([stage]);
  });

  test('pain 28: is what can be sent again, and then nothing has changed', async () => {
    const { packageId, policyId } = await desk.offer();
    const first = await read(policyId);
    const path = `${entitlements}/assignmentPolicies/${policyId}`;
    expect((await desk.admin.put(path, first)).status).toBeLessThan(300);
    const second = await read(policyId);
    expect(lasting(second)).toEqual(lasting(first));
    // What was left out has been given its value at once, so that the next look finds no difference either.
    const sparse = { displayName: 'Policy', accessPackage: { id: packageId }, allowedTargetScope: 'allMemberUsers' };
    expect((await desk.admin.put(path, sparse)).status).toBeLessThan(300);
    const third = await read(policyId);
    expect((await desk.admin.put(path, third)).status).toBeLessThan(300);
    expect(lasting(await read(policyId))).toEqual(lasting(third));
  });

  test('pain 28: holds for the rules of PIM, one by one', async () => {
    const policy = await policyIdOf(desk.admin, helpdesk);
    const rules = async () =>
      (await desk.admin.get(`${policies}/${policy}/rules`)).body['value'] as unknown as readonly Json[];
    const before = await rules();
    expect(before).toHaveLength(17);
    for (const rule of before) {
      const sent = await changeRule(desk.admin, policy, String(rule['id']), rule);
      expect([sent.status, rule['id']]).toEqual([204, rule['id']]);
    }
    expect(await rules()).toEqual(before);
  });
});
