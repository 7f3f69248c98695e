import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectContract } from '../../test/contract/expect.ts';
import { type SecondDoor, secondDoor, someRole, value } from '../../test/second-door.ts';
import type { Id } from '../kernel/ids.ts';

let stage: SecondDoor;
let person: Id;
let stranger: Id;
let group: Id;
const roles = '/roleManagement/directory';
const groups = '/identityGovernance/privilegedAccess/group';
const policies = '/policies/roleManagementPolicies';

beforeAll(async () => {
  stage = await secondDoor();
  person = await stage.person('requestor');
  stranger = await stage.person('stranger');
  group = await stage.group('GRP-ELIG');
  const role = { kind: 'role', id: someRole, scope: '/' } as const;
  const membership = { kind: 'group-member', id: group, scope: '/' } as const;
  await stage.grant({ principal: { kind: 'group', id: group }, privilege: role, mode: 'eligible' });
  await stage.grant({ principal: { kind: 'user', id: person }, privilege: membership, mode: 'active' });
});
afterAll(() => stage.close());

describe('policies', () => {
  const filter = `$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'`;

  test('one for each role, by both names of the scope type', async () => {
    const { status, body } = await stage.graph(stage.admin, 'GET', `${policies}?${filter}&$count=true&$expand=rules`);
    expect(status).toBe(200);
    expectContract('unifiedRoleManagementPolicy', body);
    expect(body['@odata.count']).toBeGreaterThan(100);
    expect(body.value[0]?.rules).toHaveLength(17);
    const older = await stage.graph(stage.admin, 'GET', `${policies}?${filter.replace('Role', '')}&$count=true`);
    expect(older.body['@odata.count']).toBe(body['@odata.count']);
  });

  test('§5.21 the filter is required', async () => {
    expect((await stage.graph(stage.admin, 'GET', policies)).status).toBe(400);
  });

  async function policyOf(roleOrAccess: string, scope = '/', type = 'DirectoryRole') {
    const { body } = await stage.graph(
      stage.admin,
      'GET',
      `/policies/roleManagementPolicyAssignments?$filter=scopeId eq '${scope}' and scopeType eq '${type}'` +
        ` and roleDefinitionId eq '${roleOrAccess}'&$expand=policy($expand=rules)`,
    );
    expectContract('unifiedRoleManagementPolicyAssignment', body);
    expect(body.value).toHaveLength(1);
    const [only] = body.value;
    if (only === undefined) throw new Error('No policy assignment');
    return only;
  }

  test('a rule is changed, and read as it is in force', async () => {
    const { policyId, id, policy } = await policyOf(someRole);
    expect(policy.id).toBe(policyId);
    expect(id).toBe(`${policyId}_${someRole}`);
    expect(policyId).toMatch(new RegExp(`^DirectoryRole_${stage.tenantId}_[0-9a-f-]{36}$`));
    const rule = `${policies}/${policyId}/rules/Expiration_EndUser_Assignment`;
    const type = '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule';
    const before = await stage.graph(stage.admin, 'GET', rule);
    expect(before.body).toMatchObject({ '@odata.type': type, maximumDuration: 'PT8H', target: { caller: 'EndUser' } });
    const change = { '@odata.type': type, maximumDuration: 'PT4H', target: { caller: 'EndUser', operations: ['All'] } };
    expect((await stage.graph(stage.admin, 'PATCH', rule, change)).status).toBe(204);
    const after = await stage.graph(stage.admin, 'GET', rule);
    expectContract('unifiedRoleManagementPolicyRule', after.body);
    expect(after.body.maximumDuration).toBe('PT4H');
    const listed = await stage.graph(stage.admin, 'GET', `${policies}/${policyId}/effectiveRules`);
    expect(listed.body.value).toHaveLength(17);
    expectContract('unifiedRoleManagementPolicyRule', listed.body);
    const modified = await stage.graph(stage.admin, 'GET', `${policies}/${policyId}`);
    expect(modified.body.lastModifiedBy.id).toBe(stage.admin);
  });

  test('what cannot be is refused', async () => {
    const { policyId } = await policyOf(someRole);
    const rule = `${policies}/${policyId}/rules/Expiration_EndUser_Assignment`;
    const type = '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule';
    const patch = async (url: string, body: object, who = stage.admin) => {
      const answer = await stage.graph(who, 'PATCH', url, body);
      return `${answer.status} ${answer.body.error.code}`;
    };
    expect(await patch(rule, { maximumDuration: 'PT4H' })).toMatch(/^400/);
    expect(await patch(rule, { '@odata.type': type, maximumDuration: 'PT25H' })).toBe('400 InvalidPolicyRule');
    expect(await patch(rule, { '@odata.type': type, maximumDuration: 'P1M' })).toMatch(/^400/);
    expect(await patch(rule, { '@odata.type': type, nonsense: 1 })).toMatch(/^400/);
    const other = rule.replace('Expiration', 'Enablement');
    expect(await patch(other, { '@odata.type': type })).toBe('400 InvalidPolicyRule');
    const unknown = rule.replace('Expiration_EndUser', 'Nothing');
    expect(await patch(unknown, { '@odata.type': type })).toBe('404 RoleManagementPolicyRuleNotFound');
    expect(await patch(rule.replace(policyId, 'DirectoryRole_x'), { '@odata.type': type })).toBe(
      '404 RoleManagementPolicyNotFound',
    );
    expect(await patch(rule, { '@odata.type': type }, stranger)).toBe('403 Authorization_RequestDenied');
  });

  test('a group is onboarded by its first change, and its ids change', async () => {
    const other = await stage.group('other');
    const before = await policyOf('member', other, 'Group');
    expect(before.policyId).toMatch(new RegExp(`^Group_${other}_`));
    const rules = [
      {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule',
        id: 'Enablement_EndUser_Assignment',
        enabledRules: ['Justification'],
      },
    ];
    expect((await stage.graph(stage.admin, 'PATCH', `${policies}/${before.policyId}`, { rules })).status).toBe(204);
    expect((await stage.graph(stage.admin, 'GET', `${policies}/${before.policyId}`)).status).toBe(404);
    const after = await policyOf('member', other, 'Group');
    expect(after.policyId).not.toBe(before.policyId);
    expect((await policyOf('owner', other, 'Group')).policyId).not.toBe(after.policyId);
    // A script that goes on with the id that it found first is understood.
    const again = await stage.graph(stage.admin, 'PATCH', `${policies}/${before.policyId}`, { rules });
    expect(again.status).toBe(204);
    const enablement = after.policy.rules.find((rule) => rule.id === 'Enablement_EndUser_Assignment');
    expect(enablement?.enabledRules).toEqual(['Justification']);
  });
});

describe('a role, through a group', () => {
  const body = () => ({
    action: 'selfActivate',
    principalId: person,
    roleDefinitionId: someRole,
    directoryScopeId: '/',
    justification: 'INC-1',
    scheduleInfo: {
      startDateTime: stage.now.toString(),
      expiration: { type: 'AfterDuration', duration: 'PT2H' },
    },
    ticketInfo: { ticketNumber: 'CHG-1', ticketSystem: 'ITSM' },
  });

  test('the person sees the eligibility that comes through the group', async () => {
    for (const name of ['roleEligibilitySchedules', 'roleEligibilityScheduleInstances']) {
      const own = await stage.graph(
        person,
        'GET',
        `${roles}/${name}/filterByCurrentUser(on='principal')?$expand=roleDefinition`,
      );
      expect(own.status).toBe(200);
      expect(own.body.value).toMatchObject([
        { principalId: group, memberType: 'Group', roleDefinitionId: someRole, roleDefinition: { id: someRole } },
      ]);
      expectContract(`unified${name.charAt(0).toUpperCase()}${name.slice(1, -1)}`, own.body);
      const others = await stage.graph(stranger, 'GET', `${roles}/${name}/filterByCurrentUser(on='principal')`);
      expect(others.body.value).toEqual([]);
    }
  });

  test('§5.15 only a validation leaves nothing behind', async () => {
    const answer = await stage.graph(person, 'POST', `${roles}/roleAssignmentScheduleRequests`, {
      ...body(),
      isValidationOnly: true,
    });
    expect(answer).toMatchObject({ status: 201, body: { status: 'Granted', isValidationOnly: true } });
    expectContract('unifiedRoleAssignmentScheduleRequest', answer.body);
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    const refused = { ...body(), isValidationOnly: true, justification: '' };
    expect((await stage.graph(person, 'POST', `${roles}/roleAssignmentScheduleRequests`, refused)).status).toBe(400);
  });

  test('activated, seen, given back', async () => {
    const made = await stage.graph(person, 'POST', `${roles}/roleAssignmentScheduleRequests`, body());
    expect(made.status).toBe(201);
    expectContract('unifiedRoleAssignmentScheduleRequest', made.body);
    expect(made.body).toMatchObject({
      status: 'Provisioned',
      action: 'selfActivate',
      approvalId: null,
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT2H', endDateTime: null }, recurrence: null },
      ticketInfo: { ticketNumber: 'CHG-1', ticketSystem: 'ITSM' },
      createdBy: { user: { id: person } },
      targetScheduleId: made.body.id,
    });
    const url = `${roles}/roleAssignmentScheduleInstances?$filter=principalId eq '${person}'&$expand=activatedUsing,principal`;
    const seen = await stage.graph(person, 'GET', url);
    expectContract('unifiedRoleAssignmentScheduleInstance', seen.body);
    expect(seen.body.value).toMatchObject([
      {
        assignmentType: 'Activated',
        memberType: 'Direct',
        endDateTime: '2027-01-04T10:00:00.000000Z',
        activatedUsing: { principalId: group },
        principal: { id: person },
      },
    ]);
    const assignments = await stage.graph(person, 'GET', `${roles}/roleAssignments?$filter=principalId eq '${person}'`);
    expectContract('unifiedRoleAssignment', assignments.body);
    expect(assignments.body.value).toHaveLength(1);
    stage.advance('PT5M');
    const back = { action: 'selfDeactivate', principalId: person, roleDefinitionId: someRole, directoryScopeId: '/' };
    const given = await stage.graph(person, 'POST', `${roles}/roleAssignmentScheduleRequests`, back);
    expect(given).toMatchObject({ status: 201, body: { status: 'Revoked', scheduleInfo: null } });
    expectContract('unifiedRoleAssignmentScheduleRequest', given.body);
    expect((await stage.graph(person, 'GET', url)).body.value).toEqual([]);
    const own = await stage.graph(
      person,
      'GET',
      `${roles}/roleAssignmentScheduleRequests/filterByCurrentUser(on='createdBy')?$filter=status eq 'Revoked'&$count=true`,
    );
    expect(own.body).toMatchObject({ '@odata.count': 1, value: [{ id: given.body.id }] });
    expect((await stage.graph(stranger, 'GET', `${roles}/roleAssignmentScheduleRequests/${made.body.id}`)).status).toBe(
      404,
    );
  });

  test.each([
    ['an extension of what is not there', { action: 'selfExtend' }, 400, 'RoleAssignmentDoesNotExist'],
    ['a scope that is not built', { directoryScopeId: '/administrativeUnits/1' }, 501, 'ScopeNotSupported'],
    ['a recurrence', { scheduleInfo: { recurrence: { pattern: {} } } }, 400, 'InvalidScheduleInfo'],
  ])('refused: %s', async (_, change, status, expected) => {
    const answer = await stage.graph(person, 'POST', `${roles}/roleAssignmentScheduleRequests`, {
      ...body(),
      ...change,
    });
    expect(answer).toMatchObject({ status, body: { error: { code: expected } } });
  });
});

describe('a group', () => {
  const assignment = (more: object = {}) => ({
    action: 'AdminAssign',
    accessId: 'member',
    groupId: group,
    principalId: stranger,
    justification: 'she asked',
    scheduleInfo: { startDateTime: null, expiration: { type: 'afterDuration', duration: 'P30D' } },
    ...more,
  });

  test('made eligible, with the documented ids', async () => {
    const made = await stage.graph(stage.admin, 'POST', `${groups}/eligibilityScheduleRequests`, assignment());
    expect(made.status).toBe(201);
    expectContract('privilegedAccessGroupEligibilityScheduleRequest', made.body);
    expect(made.body.targetScheduleId).toBe(`${group}_member_${made.body.id}`);
    for (const name of ['eligibilitySchedules', 'eligibilityScheduleInstances']) {
      const url = `${groups}/${name}?$filter=groupId eq '${group}'&$expand=group,principal`;
      const { body } = await stage.graph(stage.admin, 'GET', url);
      expectContract(`privilegedAccessGroup${name.charAt(0).toUpperCase()}${name.slice(1, -1)}`, body);
      expect(body.value).toMatchObject([
        { id: made.body.targetScheduleId, memberType: 'direct', group: { id: group } },
      ]);
      const one = await stage.graph(stranger, 'GET', `${groups}/${name}/${made.body.targetScheduleId}`);
      expect(one).toMatchObject({ status: 200, body: { accessId: 'member', principalId: stranger } });
      expect((await stage.graph(person, 'GET', `${groups}/${name}/${made.body.targetScheduleId}`)).status).toBe(404);
      expect((await stage.graph(stage.admin, 'GET', `${groups}/${name}/nonsense`)).status).toBe(404);
    }
    const expanded = await stage.graph(
      stage.admin,
      'GET',
      `${groups}/eligibilityScheduleRequests/${made.body.id}?$expand=targetSchedule`,
    );
    expect(expanded.body.targetSchedule.id).toBe(made.body.targetScheduleId);
  });

  test('activated', async () => {
    const activation = assignment({
      action: 'selfActivate',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    });
    const made = await stage.graph(stranger, 'POST', `${groups}/assignmentScheduleRequests`, activation);
    expect(made).toMatchObject({ status: 201, body: { status: 'Provisioned', accessId: 'member' } });
    expectContract('privilegedAccessGroupAssignmentScheduleRequest', made.body);
    const url = `${groups}/assignmentScheduleInstances/filterByCurrentUser(on='principal')?$expand=activatedUsing`;
    const { body } = await stage.graph(stranger, 'GET', url);
    expectContract('privilegedAccessGroupAssignmentScheduleInstance', body);
    expect(body.value).toMatchObject([{ assignmentType: 'activated', activatedUsing: { accessId: 'member' } }]);
    const members = await stage.graph(stage.admin, 'GET', `/groups/${group}/members?$select=id`);
    expect(members.body.value.map((member) => member.id).sort()).toEqual([person, stranger].sort());
  });

  test('§5.21 the six collections want to know of whom', async () => {
    for (const name of ['assignment', 'eligibility'].flatMap((what) =>
      ['s', 'Instances', 'Requests'].map((end) => `${what}Schedule${end}`),
    )) {
      // Of requests for eligibility, and of them alone, people who say nothing get their own, and applications nothing.
      const isOwn = name === 'eligibilityScheduleRequests';
      expect((await stage.graph(stage.admin, 'GET', `${groups}/${name}`)).status).toBe(isOwn ? 200 : 400);
      const some = await stage.graph(stage.admin, 'GET', `${groups}/${name}?$filter=principalId eq '${person}'`);
      expect(some.status).toBe(200);
    }
  });
});

describe('roles besides PIM', () => {
  test('given, and taken away', async () => {
    const body = {
      '@odata.type': '#microsoft.graph.unifiedRoleAssignment',
      roleDefinitionId: someRole,
      principalId: stranger,
      directoryScopeId: '/',
    };
    const made = await stage.graph(stage.admin, 'POST', `${roles}/roleAssignments`, body);
    expect(made.status).toBe(201);
    expectContract('unifiedRoleAssignment', made.body);
    expect(await stage.has(stranger, 'role', someRole)).toBe(true);
    expect(await stage.graph(stage.admin, 'POST', `${roles}/roleAssignments`, body)).toMatchObject({
      status: 400,
      body: { error: { code: 'Request_BadRequest' } },
    });
    expect((await stage.graph(stranger, 'DELETE', `${roles}/roleAssignments/${made.body.id}`)).status).toBe(403);
    expect((await stage.graph(stage.admin, 'DELETE', `${roles}/roleAssignments/${made.body.id}`)).status).toBe(204);
    expect((await stage.graph(stage.admin, 'DELETE', `${roles}/roleAssignments/${made.body.id}`)).status).toBe(404);
    expect(await stage.has(stranger, 'role', someRole)).toBe(false);
  });
});

test('the person activated, and PIM’s words are in the trail', async () => {
  const types = (await stage.events()).filter((event) => event.result === 'success').map((event) => event.type);
  expect(types).toContain('role.activation.requested');
  expect(types).toContain('role.activation.completed');
  expect(types).toContain('role.deactivation.completed');
  expect(types).toContain('group.onboarded');
  expect(value({ is: 'accepted', value: types })).toContain('role.policy.updated');
});
