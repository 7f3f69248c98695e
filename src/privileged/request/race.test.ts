import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { code, type SecondDoor, secondDoor, someRole, value } from '../../../test/second-door.ts';
import { endGrants } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { changeRules } from '../policy/operations.ts';
import { loadPolicyOf } from '../policy/store.ts';

// Two sessions at once: only a real PostgreSQL shows what one session hides.
let stage: SecondDoor;
const role = { kind: 'role', id: someRole, scope: '/' } as const;
const rounds = process.env['SALLYPORT_DEEP'] === '1' ? 100 : 8;

beforeAll(async () => {
  stage = await secondDoor('postgres');
});
afterAll(() => stage.close());

test('of several activations at once, one is given', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const person = await stage.person(`twice-${round}`);
    await stage.grant({ principal: { kind: 'user', id: person }, privilege: role, mode: 'eligible' });
    const outcomes = await Promise.all([stage.ask(person, {}), stage.ask(person, {}), stage.ask(person, {})]);
    expect(outcomes.map(code).sort()).toEqual(['RoleAssignmentExists', 'RoleAssignmentExists', 'accepted']);
  }
});

test('an eligibility that is taken away while it is activated leaves nothing behind', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const person = await stage.person(`late-${round}`);
    const principal = { kind: 'user', id: person } as const;
    const eligibility = await stage.grant({ principal, privilege: role, mode: 'eligible' });
    const [, ended] = await Promise.all([
      stage.ask(person, {}),
      stage.as({ kind: 'system' }, (tx) => endGrants(tx, [eligibility], 'revoked')),
    ]);
    value(ended);
    expect(await stage.has(person, 'role', someRole)).toBe(false);
  }
});

describe('an activation that waits for approval', () => {
  const requests = '/roleManagement/directory/roleAssignmentScheduleRequests';
  const approvals = '/beta/roleManagement/directory/roleAssignmentApprovals';
  let lead: Id;
  let second: Id;

  beforeAll(async () => {
    lead = await stage.person('lead');
    second = await stage.person('second');
    const primaryApprovers = [lead, second].map(
      (userId) => ({ '@odata.type': '#microsoft.graph.singleUser', userId }) as const,
    );
    const type = '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule';
    const setting = { isApprovalRequired: true, approvalStages: [{ primaryApprovers }] };
    const change = { '@odata.type': type, setting } as const;
    value(
      await stage.as(stage.admin, async (tx) => {
        const policy = await loadPolicyOf(tx, 'role', someRole);
        await changeRules(tx, policy?.publicId ?? '', [{ ruleId: 'Approval_EndUser_Assignment', change }]);
      }),
    );
  });

  async function asked(
    name: string,
  ): Promise<{ person: Id; id: Id; decide: (who: Id, result: string) => Promise<number> }> {
    const person = await stage.person(name);
    await stage.grant({ principal: { kind: 'user', id: person }, privilege: role, mode: 'eligible' });
    const { id } = value(await stage.ask(person, { duration: 'PT2H' }));
    const step = (await stage.graph(stage.admin, 'GET', `${approvals}/${id}/steps`)).body.value[0]?.id;
    const decide = async (who: Id, reviewResult: string) => {
      const body = { reviewResult, justification: 'Known work' };
      return (await stage.graph(who, 'PATCH', `${approvals}/${id}/steps/${step}`, body)).status;
    };
    return { person, id, decide };
  }
  const statusOf = async (person: Id, id: Id) => (await stage.graph(person, 'GET', `${requests}/${id}`)).body.status;

  test('is approved or cancelled, never both, and opens only if it was approved', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { person, id, decide } = await asked(`waits-${round}`);
      const [decided, cancelled] = await Promise.all([
        decide(lead, 'Approve'),
        stage.graph(person, 'POST', `${requests}/${id}/cancel`).then(({ status }) => status),
      ]);
      // What is approved has started, and can be given back but not cancelled.
      expect([decided, cancelled].filter((status) => status === 204)).toHaveLength(1);
      const isOpen = decided === 204;
      expect([await statusOf(person, id), await stage.has(person, 'role', someRole)]).toEqual([
        isOpen ? 'Provisioned' : 'Canceled',
        isOpen,
      ]);
    }
  });

  test('is decided once by two who decide otherwise', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { person, id, decide } = await asked(`torn-${round}`);
      const [approved, denied] = await Promise.all([decide(lead, 'Approve'), decide(second, 'Deny')]);
      expect([approved, denied].sort()).toEqual([204, 409]);
      expect([await statusOf(person, id), await stage.has(person, 'role', someRole)]).toEqual([
        approved === 204 ? 'Provisioned' : 'Denied',
        approved === 204,
      ]);
    }
  });

  test('does not open when the account is shut while it is approved', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { person, decide } = await asked(`shut-${round}`);
      const shut = stage.graph(stage.admin, 'PATCH', `/users/${person}`, { accountEnabled: false });
      await Promise.all([decide(lead, 'Approve'), shut]);
      expect((await shut).status).toBe(204);
      expect(await stage.has(person, 'role', someRole)).toBe(false);
      expect((await stage.graph(stage.admin, 'PATCH', `/users/${person}`, { accountEnabled: true })).status).toBe(204);
      expect(await stage.has(person, 'role', someRole)).toBe(false);
    }
  });
});
