import { type Pair, rows } from './pairs.ts';
import { requestNames } from './pim-groups.ts';

const groups = '/identityGovernance/privilegedAccess/group';
const directory = '/roleManagement/directory';
const policyAssignments = '/policies/roleManagementPolicyAssignments';
const approvals = `${groups}/assignmentApprovals`;
const step = [
  'id',
  'displayName',
  'reviewedDateTime',
  'reviewResult',
  'status',
  'assignedToMe',
  'justification',
  'reviewedBy',
];
const hour = { expiration: { type: 'afterDuration', duration: 'PT1H' } };

/** Activations of groups that somebody has to approve, and requests that are taken back. */
export const approvingGroups: readonly Pair[] = [
  {
    page: 'unifiedrolemanagementpolicyrule-update',
    example: 'that activations are approved',
    method: 'PATCH',
    first: async ({ as, ids }) => {
      const where = `scopeId eq '${ids.get('group')}' and scopeType eq 'Group' and roleDefinitionId eq 'member'`;
      const { body } = await (await as('admin')).get(`${policyAssignments}?$filter=${where}`);
      ids.set('group-policy', String(body['value']?.[0]?.['policyId']));
      ids.set('group-assignment', String(body['value']?.[0]?.['id']));
    },
    path: '/policies/roleManagementPolicies/{group-policy}/rules/Approval_EndUser_Assignment',
    body: {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
      id: 'Approval_EndUser_Assignment',
      target: {
        caller: 'EndUser',
        operations: ['all'],
        level: 'Assignment',
        inheritableSettings: [],
        enforcedSettings: [],
      },
      setting: {
        isApprovalRequired: true,
        isApprovalRequiredForExtension: false,
        isRequestorJustificationRequired: true,
        approvalMode: 'SingleStage',
        approvalStages: [
          {
            approvalStageTimeOutInDays: 1,
            isApproverJustificationRequired: true,
            escalationTimeInMinutes: 0,
            isEscalationEnabled: false,
            primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: '{identity-lead}' }],
            escalationApprovers: [],
          },
        ],
      },
    },
    status: 204,
  },
  {
    page: 'unifiedrolemanagementpolicyassignment-get',
    example: 'of members of a group, with its rules',
    path: `${policyAssignments}/{group-assignment}?$expand=policy($expand=rules)`,
    status: 200,
    names: ['id', 'policyId', 'scopeId', 'scopeType', 'roleDefinitionId', 'policy/rules/id'],
    has: { scopeId: '{group}', scopeType: 'Group', roleDefinitionId: 'member' },
  },
  {
    page: 'unifiedrolemanagementpolicy-list-effectiverules',
    example: 'the rules in force',
    path: '/policies/roleManagementPolicies/{group-policy}/effectiveRules',
    status: 200,
    names: rows('id', '@odata.type', 'target/caller', 'target/level'),
  },
  ...['manager', 'it-manager'].flatMap((name): Pair[] => [
    {
      page: 'privilegedaccessgroup-post-eligibilityschedulerequests',
      example: `${name} may be a member`,
      method: 'POST',
      path: `${groups}/eligibilityScheduleRequests`,
      body: {
        accessId: 'member',
        principalId: `{${name}}`,
        groupId: '{group}',
        action: 'adminAssign',
        justification: 'Work',
        scheduleInfo: { expiration: { type: 'afterDuration', duration: 'P30D' } },
      },
      status: 201,
      has: { status: 'Provisioned' },
    },
    {
      page: 'privilegedaccessgroup-post-assignmentschedulerequests',
      example: `${name} activates, and waits`,
      by: name,
      method: 'POST',
      path: `${groups}/assignmentScheduleRequests`,
      body: {
        accessId: 'member',
        principalId: `{${name}}`,
        groupId: '{group}',
        action: 'selfActivate',
        justification: 'Work',
        scheduleInfo: hour,
      },
      status: 201,
      has: { status: 'PendingApproval' },
      keep: { [`of-${name}`]: 'id' },
    },
  ]),
  {
    page: 'approval-filterbycurrentuser',
    example: 'what waits for an approver of a group',
    by: 'identity-lead',
    path: `${approvals}/filterByCurrentUser(on='approver')`,
    status: 200,
    names: rows('id'),
  },
  { page: 'approval-list', example: 'of groups', by: 'identity-lead', path: approvals, status: 200, names: ['value'] },
  {
    page: 'approval-list',
    example: 'of groups, how many',
    by: 'identity-lead',
    path: `${approvals}/$count`,
    status: 200,
  },
  {
    page: 'approval-get',
    example: 'of a group',
    by: 'identity-lead',
    path: `${approvals}/{of-manager}?$expand=stages`,
    status: 200,
    names: ['id', 'stages/id'],
  },
  {
    page: 'approval-list-stages',
    example: 'of a group',
    by: 'identity-lead',
    path: `${approvals}/{of-manager}/stages`,
    status: 200,
    names: rows(...step),
    has: { value: [{ status: 'InProgress', reviewResult: 'NotReviewed', assignedToMe: true, justification: '' }] },
    keep: { 'group-stage': 'value/id' },
  },
  {
    page: 'approval-list-stages',
    example: 'of a group, how many',
    by: 'identity-lead',
    path: `${approvals}/{of-manager}/stages/$count`,
    status: 200,
  },
  {
    page: 'approvalstage-get',
    example: 'of a group',
    by: 'identity-lead',
    path: `${approvals}/{of-manager}/stages/{group-stage}`,
    status: 200,
    names: step,
  },
  {
    page: 'approvalstage-update',
    example: 'of a group',
    by: 'identity-lead',
    method: 'PATCH',
    path: `${approvals}/{of-manager}/stages/{group-stage}`,
    body: { reviewResult: 'Approve', justification: 'OK' },
    status: 204,
  },
  {
    page: 'approvalstage-update',
    example: 'of a group, in the spelling of the page',
    by: 'identity-lead',
    method: 'PATCH',
    first: async ({ as, ids }) => {
      const { body } = await (await as('identity-lead')).get(`${approvals}/${ids.get('of-it-manager')}/stages`);
      ids.set('other-stage', String(body['value']?.[0]?.['id']));
    },
    path: `${approvals}/{of-it-manager}/steps/{other-stage}`,
    body: { reviewResult: 'Deny', justification: 'Not today' },
    status: 204,
  },
  {
    page: 'approval-update',
    example: 'of a group, all at once',
    by: 'identity-lead',
    method: 'PATCH',
    first: async ({ as, ids }) => {
      const about = { accessId: 'member', principalId: ids.get('it-manager'), groupId: ids.get('group') };
      const asked = { ...about, action: 'selfActivate', justification: 'Work', scheduleInfo: hour };
      const { body } = await (await as('it-manager')).post(`${groups}/assignmentScheduleRequests`, asked);
      ids.set('again', String(body['id']));
      const stages = await (await as('identity-lead')).get(`${approvals}/${ids.get('again')}/stages`);
      ids.set('third-stage', String(stages.body['value']?.[0]?.['id']));
    },
    path: `${approvals}/{again}`,
    body: { stages: [{ id: '{third-stage}', reviewResult: 'Approve', justification: 'Then today' }] },
    status: 204,
  },
];

const tomorrow = async ({ play, ids }: Parameters<NonNullable<Pair['first']>>[0]) => {
  const now = Temporal.Instant.from(await play.now());
  ids.set('tomorrow', now.add({ hours: 24 }).toString({ smallestUnit: 'second' }));
};

/** Something that would begin tomorrow, and is taken back. */
function takenBack(list: string, page: string, about: object): Pair[] {
  const name = list.slice(list.lastIndexOf('/') + 1).toLowerCase();
  const scheduleInfo = { startDateTime: '{tomorrow}', expiration: { type: 'afterDuration', duration: 'P30D' } };
  return [
    {
      page,
      example: `${list}, from tomorrow on`,
      method: 'POST',
      first: tomorrow,
      path: list,
      body: { ...about, action: 'adminAssign', principalId: '{ciso}', justification: 'Work', scheduleInfo },
      status: 201,
      names: requestNames,
      keep: { [`${name}-waits`]: 'id' },
    },
    {
      page: `${page}-cancel`,
      example: `${list}, taken back`,
      method: 'POST',
      path: `${list}/{${name}-waits}/cancel`,
      status: 204,
    },
  ];
}

const owner = { accessId: 'owner', groupId: '{group}' };
const role = { roleDefinitionId: 'fe930be7-5e62-47db-91af-98c3a49a38b1', directoryScopeId: '/' };

/** Requests of every kind that are taken back before they come to anything. */
export const takingBack: readonly Pair[] = [
  ...takenBack(`${groups}/assignmentScheduleRequests`, 'privilegedaccessgroupassignmentschedulerequest', owner),
  ...takenBack(`${groups}/eligibilityScheduleRequests`, 'privilegedaccessgroupeligibilityschedulerequest', owner),
  ...takenBack(`${directory}/roleAssignmentScheduleRequests`, 'unifiedroleassignmentschedulerequest', role),
  ...takenBack(`${directory}/roleEligibilityScheduleRequests`, 'unifiedroleeligibilityschedulerequest', role),
];
