import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectContract } from '../../../test/contract/expect.ts';
import { code, type SecondDoor, secondDoor, someRole, value } from '../../../test/second-door.ts';
import { endGrants, type Grant, setAccount } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { changeRules } from '../policy/operations.ts';
import { loadPolicyOf } from '../policy/store.ts';
import { approvalTimeout } from './operations/decide.ts';

let stage: SecondDoor;
let person: Id;
let lead: Id;
let group: Id;
let eligibility: Grant;
const role = { kind: 'role', id: someRole, scope: '/' } as const;
const membership = () => ({ kind: 'group-member', id: group, scope: '/' }) as const;
const roles = '/roleManagement/directory';
const groups = '/identityGovernance/privilegedAccess/group';

beforeAll(async () => {
  stage = await secondDoor();
});
afterAll(() => stage.close());
beforeEach(async () => {
  person = await stage.person('requestor');
  lead = await stage.person('lead');
  group = await stage.group('GRP-ELIG');
  eligibility = await stage.grant({ principal: { kind: 'user', id: person }, privilege: role, mode: 'eligible' });
});

function requireApproval(of: { kind: 'role' | 'group-member'; id: Id }, approvers: Id[]) {
  return stage.as(stage.admin, async (tx) => {
    const policy = await loadPolicyOf(tx, of.kind, of.id);
    const primaryApprovers = approvers.map(
      (userId) => ({ '@odata.type': '#microsoft.graph.singleUser', userId }) as const,
    );
    await changeRules(tx, policy?.publicId ?? '', [
      {
        ruleId: 'Approval_EndUser_Assignment',
        change: {
          '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
          setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers }] },
        },
      },
    ]);
  });
}

/** The id of the only stage, as an approver reads it. */
async function stageOf(requestId: Id, who: Id): Promise<string> {
  const { status, body } = await stage.graph(who, 'GET', `/beta${roles}/roleAssignmentApprovals/${requestId}/steps`);
  expect(status).toBe(200);
  return body.value[0]?.id ?? '';
}

async function decide(
  requestId: Id,
  who: Id,
  reviewResult: 'Approve' | 'Deny',
  justification: string | null = 'known work',
) {
  const step = await stageOf(requestId, stage.admin);
  const url = `/beta${roles}/roleAssignmentApprovals/${requestId}/steps/${step}`;
  const answer = await stage.graph(who, 'PATCH', url, { reviewResult, justification });
  return answer.status === 204 ? '204' : `${answer.status} ${answer.body.error.code}`;
}

async function statusOf(requestId: Id): Promise<string> {
  return (await stage.graph(person, 'GET', `${roles}/roleAssignmentScheduleRequests/${requestId}`)).body.status;
}

async function asked(): Promise<Id> {
  value(await requireApproval(role, [lead]));
  const request = value(await stage.ask(person, { duration: 'PT2H' }));
  expect(request.state.is).toBe('pendingApproval');
  expect(await stage.has(person, 'role', someRole)).toBe(false);
  return request.id;
}

describe('an activation that needs approval', () => {
  test('is seen by its approver, and counts its duration from the approval', async () => {
    await stage.events();
    const id = await asked();
    const url = `${roles}/roleAssignmentScheduleRequests/filterByCurrentUser(on='approver')?$filter=status eq 'PendingApproval'`;
    const list = await stage.graph(lead, 'GET', url);
    expectContract('unifiedRoleAssignmentScheduleRequest', list.body);
    expect(list.body.value).toMatchObject([{ id, approvalId: id, status: 'PendingApproval', completedDateTime: null }]);
    stage.advance('PT3H');
    expect(await decide(id, lead, 'Approve')).toBe('204');
    expect(await statusOf(id)).toBe('Provisioned');
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    stage.advance('PT1H59M59.999999S');
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    stage.advance('PT0.000001S');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    const types = (await stage.events())
      .map((event) => event.type)
      .filter((type) => type.startsWith('role.activation'));
    expect(types).toEqual(['role.activation.requested', 'role.activation.approved', 'role.activation.completed']);
  });

  test('is denied: nothing is given, and nobody decides twice', async () => {
    const id = await asked();
    expect(await decide(id, lead, 'Deny')).toBe('204');
    expect(await statusOf(id)).toBe('Denied');
    expect(await decide(id, lead, 'Approve')).toMatch(/^409/);
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    expect(value(await stage.ask(person, {})).state.is).toBe('pendingApproval');
  });

  test('§5.9 is decided by its approvers only, and never by the person', async () => {
    value(await requireApproval(role, [lead, person]));
    const { id } = value(await stage.ask(person, {}));
    expect(await decide(id, person, 'Approve')).toMatch(/^403/);
    expect(await decide(id, await stage.person('stranger'), 'Approve')).toMatch(/^40[34]/);
    expect(await decide(id, stage.admin, 'Approve')).toMatch(/^403/);
    expect(await decide(id, lead, 'Approve', null)).toMatch(/^400/);
    expect(await decide(id, lead, 'Approve')).toBe('204');
  });

  test('§5.7 times out after 24 hours, whether or not anybody notes it', async () => {
    await stage.events();
    const id = await asked();
    stage.advance('PT23H59M59.999999S');
    expect(await statusOf(id)).toBe('PendingApproval');
    expect(code(await stage.ask(person, {}))).toBe('PendingRoleAssignmentRequest');
    stage.advance('PT0.000001S');
    expect(await statusOf(id)).toBe('Denied');
    expect(await decide(id, lead, 'Approve')).toMatch(/^40[09]/);
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    expect(value(await stage.ask(person, {})).state.is).toBe('pendingApproval');
    await stage.as({ kind: 'system' }, (tx) => approvalTimeout(tx, id));
    const timedOut = (await stage.events()).filter((event) => event.type === 'role.activation.timedOut');
    expect(timedOut).toHaveLength(1);
  });

  test.each(['eligibility', 'account'] as const)('fails when the %s has gone by then', async (what) => {
    const id = await asked();
    await stage.as({ kind: 'system' }, async (tx) => {
      if (what === 'eligibility') await endGrants(tx, [eligibility], 'revoked');
      else await setAccount(tx, person, false);
    });
    expect(await decide(id, lead, 'Approve')).toBe('204');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    const { body } = await stage.graph(stage.admin, 'GET', `${roles}/roleAssignmentScheduleRequests/${id}`);
    expect(body.status).toBe('Failed');
  });

  test('§5.11 is canceled by the person or an administrator, and by nobody else', async () => {
    const id = await asked();
    const cancel = async (who: Id) =>
      (await stage.graph(who, 'POST', `${roles}/roleAssignmentScheduleRequests/${id}/cancel`)).status;
    expect(await cancel(lead)).toBe(403);
    expect(await cancel(person)).toBe(204);
    expect(await statusOf(id)).toBe('Canceled');
    expect(await cancel(person)).toBe(400);
    expect(await decide(id, lead, 'Approve')).toMatch(/^40[09]/);
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    const next = value(await stage.ask(person, {}));
    const byAdmin = `${roles}/roleAssignmentScheduleRequests/${next.id}/cancel`;
    expect((await stage.graph(stage.admin, 'POST', byAdmin)).status).toBe(204);
  });

  test('goes to the administrators when a role’s policy names nobody', async () => {
    value(await requireApproval(role, []));
    const { id } = value(await stage.ask(person, {}));
    expect(await decide(id, lead, 'Approve')).toMatch(/^40[34]/);
    expect(await decide(id, stage.admin, 'Approve')).toBe('204');
    expect(await stage.has(person, 'role', someRole)).toBe(true);
  });

  test('for a group: approvers are mandatory, and stages decide it', async () => {
    expect(code(await requireApproval({ kind: 'group-member', id: group }, []))).toBe('InvalidPolicyRule');
    value(await requireApproval({ kind: 'group-member', id: group }, [lead]));
    await stage.grant({ principal: { kind: 'user', id: person }, privilege: membership(), mode: 'eligible' });
    const { id } = value(await stage.ask(person, { privilege: membership() }));
    const mine = await stage.graph(lead, 'GET', `${groups}/assignmentApprovals/filterByCurrentUser(on='approver')`);
    expect(mine.body.value).toMatchObject([{ id }]);
    const read = await stage.graph(lead, 'GET', `${groups}/assignmentApprovals/${id}?$expand=stages`);
    expectContract('approval', read.body);
    expect(read.body.stages).toMatchObject([{ status: 'InProgress', assignedToMe: true, reviewResult: 'NotReviewed' }]);
    expect((await stage.graph(lead, 'GET', `/beta${roles}/roleAssignmentApprovals/${id}`)).status).toBe(404);
    const url = `${groups}/assignmentApprovals/${id}/stages/${read.body.stages[0]?.id}`;
    const body = { reviewResult: 'Approve', justification: 'known work' };
    expect((await stage.graph(lead, 'PATCH', url, body)).status).toBe(204);
    expect(await stage.has(person, 'group-member', group)).toBe(true);
  });
});
