import type { AccessOperation } from '../../../src/access/index.ts';
import { type AccessCase, assignment, type Fixtures, someRole } from './fixtures.ts';

const roleRequests = '/roleManagement/directory';
const contexts = '/identity/conditionalAccess/authenticationContextClassReferences';
const groupRequests = '/identityGovernance/privilegedAccess/group';

function rowOf(of: 'role' | 'group', isEligible: boolean, isRa: boolean): AccessOperation {
  if (of === 'role') return isEligible ? 'roleEligibility.manage' : 'roleAssignmentSchedule.manage';
  return `group${isEligible ? 'Eligibility' : 'Assignment'}.manage${isRa ? 'RoleAssignable' : ''}`;
}

/** The second door. */
export async function privilegedCases(kit: Fixtures): Promise<AccessCase[]> {
  const { admin, user, group, made, reference, first, good } = kit;
  const later = Temporal.Instant.from(await kit.play.now())
    .add({ hours: 48 })
    .toString();
  const schedule = (startDateTime: string | null = null) => ({
    startDateTime,
    expiration: { type: 'afterDuration', duration: 'PT8H' },
  });
  const asks = (of: 'role' | 'group', base: string, path: string, isRa = false): AccessCase[] => {
    const isEligible = /eligib/i.test(path);
    const row = rowOf(of, isEligible, isRa);
    const body = async (start: string | null = null) => ({
      action: 'adminAssign',
      justification: 'A test',
      principalId: await user(),
      scheduleInfo: schedule(start),
      ...(of === 'role'
        ? { roleDefinitionId: someRole, directoryScopeId: '/' }
        : { groupId: await group(isRa), accessId: 'member' }),
    });
    const about = of === 'role' ? 'a role' : isRa ? 'a role-assignable group' : 'a group';
    return [
      {
        operation: `POST ${base}/${path}`,
        about,
        rows: [row],
        prepare: async () => ({ path: `${base}/${path}`, body: await body() }),
      },
      {
        operation: `POST ${base}/${path}/{id}/cancel`,
        about,
        rows: [row],
        prepare: async () => ({ path: `${base}/${path}/${await made(`${base}/${path}`, await body(later))}/cancel` }),
      },
    ];
  };
  const rule = {
    '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule',
    id: 'Enablement_EndUser_Assignment',
    enabledRules: ['Justification'],
    target: { caller: 'EndUser', operations: ['all'], level: 'Assignment' },
  };
  const policyOf = async (scopeId: string, scopeType: string, role: string) => {
    const filter = `scopeId eq '${scopeId}' and scopeType eq '${scopeType}' and roleDefinitionId eq '${role}'`;
    return String((await first(`/policies/roleManagementPolicyAssignments?$filter=${filter}`))?.['policyId']);
  };
  const policies = (about: string, row: AccessOperation, policyId: () => Promise<string>): AccessCase[] => [
    {
      operation: 'PATCH /policies/roleManagementPolicies/{policy-id}',
      about,
      rows: [row],
      prepare: async () => ({ path: `/policies/roleManagementPolicies/${await policyId()}`, body: { rules: [rule] } }),
    },
    {
      operation: 'PATCH /policies/roleManagementPolicies/{policy-id}/rules/{rule-id}',
      about,
      rows: [row],
      prepare: async () => ({
        path: `/policies/roleManagementPolicies/${await policyId()}/rules/${rule.id}`,
        body: rule,
      }),
    },
  ];
  const groupPolicy = (isRa: boolean) => async () => policyOf(await group(isRa), 'Group', 'member');
  const inRole = async () => {
    const id = await user();
    good(await admin.post(`/directoryRoles/roleTemplateId=${someRole}/members/$ref`, reference(id)));
    return id;
  };
  const [decides, nowhere] = [
    { reviewResult: 'Approve', justification: 'Yes' },
    '00000000-0000-4000-8000-000000000000',
  ];
  const decisions = [
    `${groupRequests}/assignmentApprovals/{id}/stages/{stage-id}`,
    `${groupRequests}/assignmentApprovals/{id}/steps/{stage-id}`,
    `${roleRequests}/roleAssignmentApprovals/{id}/steps/{stage-id}`,
  ].map((template): AccessCase => {
    const path = template.replaceAll(/\{[^}]*\}/g, nowhere);
    const served = path.startsWith(roleRequests) ? `/beta${path}` : path;
    return { operation: `PATCH ${template}`, rows: 'nobody', prepare: async () => ({ path: served, body: decides }) };
  });
  const wholeDecision = {
    operation: `PATCH ${groupRequests}/assignmentApprovals/{id}`,
    rows: 'nobody',
    prepare: async () => ({
      path: `${groupRequests}/assignmentApprovals/${nowhere}`,
      body: { stages: [{ ...decides, id: nowhere }] },
    }),
  } as const;
  /** Somebody who may extend soon, and asks for it. */
  const asking = async () => {
    const principalId = await user();
    const soon = { expiration: { type: 'afterDuration', duration: 'P10D' } };
    const eligibility = { ...assignment(someRole, principalId), justification: 'A test' };
    const path = `${roleRequests}/roleEligibilityScheduleRequests`;
    await made(path, { ...eligibility, action: 'adminAssign', scheduleInfo: soon });
    const person = await kit.play.asUser(principalId);
    const asked = good(await person.post(path, { ...eligibility, action: 'selfExtend' }));
    return String(asked.body['id']);
  };
  const answers = (['approve', 'deny'] as const).map((answer): AccessCase => {
    const later = { scheduleInfo: { expiration: { type: 'afterDuration', duration: 'P30D' } } };
    return {
      operation: `POST /sallyport/scheduleRequests/{id}/${answer}`,
      rows: ['roleEligibility.manage'],
      prepare: async () => ({
        path: `/sallyport/scheduleRequests/${await asking()}/${answer}`,
        body: { justification: 'A test', ...(answer === 'approve' ? later : {}) },
      }),
    };
  });
  return [
    ...asks('role', roleRequests, 'roleEligibilityScheduleRequests'),
    ...asks('role', roleRequests, 'roleAssignmentScheduleRequests'),
    ...[false, true].flatMap((isRa) => [
      ...asks('group', groupRequests, 'eligibilityScheduleRequests', isRa),
      ...asks('group', groupRequests, 'assignmentScheduleRequests', isRa),
    ]),
    {
      operation: `POST ${roleRequests}/roleAssignmentScheduleRequests`,
      about: 'an activation for somebody else',
      rows: 'nobody',
      prepare: async () => ({
        path: `${roleRequests}/roleAssignmentScheduleRequests`,
        body: {
          ...assignment(someRole, await user()),
          action: 'selfActivate',
          justification: 'Mine',
          scheduleInfo: schedule(),
        },
      }),
    },
    ...policies('of a role', 'roleManagementPolicy.updateForRole', () => policyOf('/', 'DirectoryRole', someRole)),
    ...policies('of a group', 'roleManagementPolicy.updateForGroup', groupPolicy(false)),
    ...policies('of a role-assignable group', 'roleManagementPolicy.updateForRoleAssignableGroup', groupPolicy(true)),
    {
      operation: `POST ${roleRequests}/roleAssignments`,
      rows: ['roleAssignment.manage'],
      prepare: async () => ({ path: `${roleRequests}/roleAssignments`, body: assignment(someRole, await user()) }),
    },
    {
      operation: `DELETE ${roleRequests}/roleAssignments/{id}`,
      rows: ['roleAssignment.manage'],
      prepare: async () => ({
        path: `${roleRequests}/roleAssignments/${await made(`${roleRequests}/roleAssignments`, assignment(someRole, await user()))}`,
      }),
    },
    {
      operation: 'POST /directoryRoles/{role-id}/members/$ref',
      rows: ['roleAssignment.manage'],
      prepare: async () => ({
        path: `/directoryRoles/roleTemplateId=${someRole}/members/$ref`,
        body: reference(await user()),
      }),
    },
    {
      operation: 'DELETE /directoryRoles/{role-id}/members/{directoryObject-id}/$ref',
      rows: ['roleAssignment.manage'],
      prepare: async () => ({ path: `/directoryRoles/roleTemplateId=${someRole}/members/${await inRole()}/$ref` }),
    },
    ...decisions,
    wholeDecision,
    ...answers,
    {
      operation: `PATCH ${contexts}/{id}`,
      rows: ['authenticationContext.manage'],
      prepare: async () => ({ path: `${contexts}/c98`, body: { displayName: 'A test' } }),
    },
    {
      operation: `DELETE ${contexts}/{id}`,
      rows: ['authenticationContext.manage'],
      prepare: async () => {
        good(await admin.patch(`${contexts}/c99`, { isAvailable: false }));
        return { path: `${contexts}/c99` };
      },
    },
  ];
}
