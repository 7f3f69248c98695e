import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, openDesk } from './desk.ts';
import { decide, openStage } from './doors.ts';
import { askGroup, changeRule, groups, lasting, listed, newGroup, policyIdOf } from './pim.ts';
import type { Actor } from './play.ts';

const user = ({ id }: Actor) => ({ '@odata.type': '#microsoft.graph.singleUser', userId: id });
const members = (groupId: string) => ({ '@odata.type': '#microsoft.graph.groupMembers', groupId });

/** By which way the person who asks, or another account of theirs, would come to decide. */
type Way = (who: Actor, other: Actor, group: string) => { readonly stage: object; readonly days?: number };

const ways: Readonly<Record<string, Way>> = {
  'as an approver': (who, other) => ({ stage: { primaryApprovers: [user(who), user(other)] } }),
  'in a group of approvers': (_who, other, group) => ({ stage: { primaryApprovers: [members(group), user(other)] } }),
  'as the fallback': (who, other) => ({
    stage: {
      // Nobody has a manager here.
      primaryApprovers: [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }],
      fallbackPrimaryApprovers: [user(who), user(other)],
    },
  }),
  'as an alternate': (who, other) => ({
    stage: {
      primaryApprovers: [user(other)],
      isEscalationEnabled: true,
      durationBeforeEscalation: 'P1D',
      durationBeforeAutomaticDenial: 'P5D',
      escalationApprovers: [user(who)],
    },
    days: 2,
  }),
  'in a group of alternates': (_who, other, group) => ({
    stage: {
      primaryApprovers: [user(other)],
      isEscalationEnabled: true,
      durationBeforeEscalation: 'P1D',
      durationBeforeAutomaticDenial: 'P5D',
      escalationApprovers: [members(group)],
    },
    days: 2,
  }),
};

describe.each(databaseKinds)('pain 42: nobody approves for themselves, on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
  const join = async (group: string, { id }: Actor) =>
    expect((await desk.admin.post(`/groups/${group}/members/$ref`, reference(id))).status).toBe(204);
  /** Somebody with a second account, both in a group that is nested in another; and somebody else. */
  async function people() {
    const [who, second, other] = [await desk.hire(), await desk.hire(), await desk.hire()];
    const accountIds = [who.id, second.id];
    expect((await desk.admin.post('/sallyport/linkedAccounts', { accountIds })).status).toBe(201);
    const [outer, inner] = [await desk.group(), await desk.group()];
    await join(outer, { id: inner } as Actor);
    await join(inner, who);
    await join(inner, second);
    return { who, second, other, group: outer };
  }

  describe.each(Object.keys(ways))('%s', (name) => {
    test.each(['that asks', 'of theirs that does not ask'])('with the account %s', async (which) => {
      const { who, second, other, group } = await people();
      const deciding = which === 'that asks' ? who : second;
      const { stage, days = 0 } = ways[name]?.(deciding, other, group) ?? { stage: {} };
      const whole = { durationBeforeAutomaticDenial: 'P3D', isApproverJustificationRequired: false, ...stage };
      const { packageId, groupId } = await desk.offer({ requestApprovalSettings: { stages: [whole] } });
      const asked = await desk.add(who, packageId);
      expect(asked.status, JSON.stringify(asked.body)).toBe(201);
      const id = String(asked.body['id']);
      if (days > 0) await desk.play.move(`P${days}D`);
      const stageId = String((await openStage(desk.admin, id))?.['id']);
      for (const actor of [who, second]) {
        expect(codeOf(await decide(actor, id, 'Approve', stageId))).toBe('403 OwnRequestNotDecidable');
        expect(codeOf(await decide(actor, id, 'Deny', stageId))).toBe('403 OwnRequestNotDecidable');
      }
      expect(await desk.isMember(groupId, who)).toBe(false);
      expect((await decide(other, id, 'Approve', stageId)).status).toBe(204);
      expect(await desk.isMember(groupId, who)).toBe(true);
    });
  });

  test('where nobody else could decide, the request is refused at once', async () => {
    const { who, second, group } = await people();
    for (const primaryApprovers of [[user(who)], [user(second)], [members(group)]]) {
      const stages = [{ durationBeforeAutomaticDenial: 'P3D', primaryApprovers }];
      const { packageId } = await desk.offer({ requestApprovalSettings: { stages } });
      expect(codeOf(await desk.add(who, packageId))).toBe('400 ApproversNotReachable');
    }
  });

  test('an activation neither', async () => {
    const { who, second, other, group } = await people();
    const privileged = await newGroup(desk.admin);
    const month = { scheduleInfo: lasting('P30D') };
    expect((await askGroup(desk.admin, 'eligible', 'adminAssign', who.id, privileged, month)).status).toBe(201);
    const policy = await policyIdOf(desk.admin, 'member', privileged);
    const primaryApprovers = [user(who), members(group), user(other)];
    const approval = { setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers }] } };
    expect((await changeRule(desk.admin, policy, 'Approval_EndUser_Assignment', approval)).status).toBe(204);
    const asked = await askGroup(who, 'active', 'selfActivate', who.id, privileged, { scheduleInfo: lasting('PT1H') });
    expect(asked.body).toMatchObject({ status: 'PendingApproval' });
    const path = `${groups}/assignmentApprovals/${asked.body['id']}`;
    const [stage] = await listed(desk.admin, `${path}/stages`);
    const decision = { reviewResult: 'Approve', justification: 'Mine' };
    for (const actor of [who, second]) {
      const answer = await actor.patch(`${path}/stages/${stage?.['id']}`, decision);
      expect(codeOf(answer)).toBe('403 OwnRequestNotDecidable');
    }
    expect((await other.patch(`${path}/stages/${stage?.['id']}`, decision)).status).toBe(204);
  });
});
