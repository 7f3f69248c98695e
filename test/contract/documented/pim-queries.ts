import { type Pair, rows } from './pairs.ts';

const groups = '/identityGovernance/privilegedAccess/group';
const directory = '/roleManagement/directory';
const policies = '/policies/roleManagementPolicies';
const groupsAdministrator = 'fdd7a751-b60b-444a-984c-02652fe8fa1c';
const helpdeskAdministrator = '729827e3-9c14-49f7-bb1b-9608f156bbb8';
const at = (fragment: string) => ({ '@odata.context': `{root}/$metadata#${fragment}` });

/** What the pages of PIM ask for beyond the plain list: what is expanded, selected, one's own and not allowed. */
export const pimQueries: readonly Pair[] = [
  {
    page: 'privilegedaccessgroup-list-eligibilityschedulerequests',
    example: 'without a filter: one’s own',
    by: 'requestor',
    first: async ({ play, ids }) => ids.set('root', `${play.url}/v1.0`),
    path: `${groups}/eligibilityScheduleRequests`,
    status: 200,
    names: rows('id', 'groupId', 'accessId', 'targetScheduleId'),
    has: at(`${groups.slice(1)}/eligibilityScheduleRequests`),
  },
  {
    page: 'privilegedaccessgroup-list-eligibilityschedulerequests',
    example: 'without a filter, of somebody who has none',
    by: 'identity-lead',
    path: `${groups}/eligibilityScheduleRequests?$select=principalId,action,groupId`,
    status: 200,
    has: { ...at(`${groups.slice(1)}/eligibilityScheduleRequests(principalId,action,groupId)`), value: [] },
  },
  {
    page: 'privilegedaccessgroup-list-assignmentschedulerequests',
    example: 'without a filter: which it wants',
    by: 'requestor',
    path: `${groups}/assignmentScheduleRequests`,
    status: 400,
    has: { error: { code: 'BadRequest', target: '$filter' } },
  },
  {
    page: 'privilegedaccessgroup-list-eligibilityschedules',
    example: 'without a filter: which it wants',
    by: 'requestor',
    path: `${groups}/eligibilitySchedules`,
    status: 400,
    has: { error: { code: 'BadRequest', target: '$filter' } },
  },
  {
    page: 'privilegedaccessgroup-list-eligibilityschedules',
    example: 'some properties, of a group and a principal',
    path: `${groups}/eligibilitySchedules?$filter=groupId eq '{group}' and principalId eq '{requestor}'&$select=accessId,principalId,groupId`,
    status: 200,
    has: {
      ...at(`${groups.slice(1)}/eligibilitySchedules(accessId,principalId,groupId)`),
      value: [{ accessId: 'member', principalId: '{requestor}', groupId: '{group}' }],
    },
  },
  {
    page: 'privilegedaccessgroupeligibilityschedule-filterbycurrentuser',
    example: 'one’s own, of a group and a relationship, each row with its type',
    by: 'requestor',
    path: `${groups}/eligibilitySchedules/filterByCurrentUser(on='principal')?$filter=groupId eq '{group}' and accessId eq 'member'`,
    status: 200,
    has: {
      ...at('Collection(microsoft.graph.privilegedAccessGroupEligibilitySchedule)'),
      value: [{ '@odata.type': '#microsoft.graph.privilegedAccessGroupEligibilitySchedule', groupId: '{group}' }],
    },
  },
  {
    page: 'privilegedaccessgroupassignmentschedulerequest-filterbycurrentuser',
    example: 'one’s own that wait for approval, of a group',
    by: 'requestor',
    path: `${groups}/assignmentScheduleRequests/filterByCurrentUser(on='principal')?$filter=status eq 'PendingApproval' and groupId eq '{group}'`,
    status: 200,
    has: { value: [] },
  },
  {
    page: 'unifiedroleassignmentscheduleinstance-filterbycurrentuser',
    example: 'one’s own, each row with its type',
    by: 'colleague',
    path: `${directory}/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')`,
    status: 200,
    has: {
      ...at('Collection(microsoft.graph.unifiedRoleAssignmentScheduleInstance)'),
      value: [{ '@odata.type': '#microsoft.graph.unifiedRoleAssignmentScheduleInstance' }],
    },
  },
  {
    page: 'unifiedroleassignmentschedulerequest-get',
    example: 'some properties, and all that it leads to',
    first: async ({ as, ids }) => {
      const asked = `$filter=principalId eq '${ids.get('group')}' and roleDefinitionId eq '${groupsAdministrator}'`;
      const { body } = await (await as('admin')).get(`${directory}/roleAssignmentScheduleRequests?${asked}`);
      ids.set('group-role', String(body['value']?.[0]?.['id']));
    },
    path: `${directory}/roleAssignmentScheduleRequests/{group-role}?$select=principalId,action,roleDefinitionId&$expand=roleDefinition,activatedUsing,principal,targetSchedule`,
    status: 200,
    names: ['roleDefinition/rolePermissions', 'targetSchedule/scheduleInfo'],
    has: {
      ...at(
        'roleManagement/directory/roleAssignmentScheduleRequests(principalId,action,roleDefinitionId,roleDefinition(),activatedUsing(),principal(),targetSchedule())/$entity',
      ),
      action: 'adminAssign',
      activatedUsing: null,
      roleDefinition: { id: groupsAdministrator, isBuiltIn: true },
      principal: { '@odata.type': '#microsoft.graph.group', id: '{group}' },
      targetSchedule: { memberType: 'Direct', assignmentType: 'Assigned' },
    },
  },
  {
    page: 'unifiedroleassignmentschedulerequest-cancel',
    example: 'what is done cannot be taken back',
    method: 'POST',
    path: `${directory}/roleAssignmentScheduleRequests/{group-role}/cancel`,
    status: 400,
    has: { error: { code: 'RequestNotCancelable' } },
  },
  {
    page: 'rbacapplication-list-roleassignments',
    example: 'of one principal, with blanks about the sign',
    path: `${directory}/roleAssignments?$filter = principalId eq '{admin}'`,
    status: 200,
    has: { value: [{ principalId: '{admin}', directoryScopeId: '/' }] },
  },
  {
    page: 'rbacapplication-list-roleassignments',
    example: 'with whoever has it',
    path: `${directory}/roleAssignments?$filter=principalId eq '{admin}'&$expand=principal`,
    status: 200,
    has: at('roleManagement/directory/roleAssignments(principal())'),
  },
  {
    page: 'unifiedrolemanagementpolicy-get',
    example: 'with its rules',
    path: `${policies}/{policy}?$expand=effectiveRules,rules`,
    status: 200,
    names: ['rules/id', 'effectiveRules/@odata.type'],
    has: at('policies/roleManagementPolicies(effectiveRules(),rules())/$entity'),
  },
  {
    page: 'unifiedrolemanagementpolicy-get',
    example: 'with all that it leads to',
    path: `${policies}/{policy}?$expand=*`,
    status: 200,
    names: ['rules/id', 'effectiveRules/id'],
  },
  {
    page: 'policyroot-list-rolemanagementpolicies',
    example: 'of a group, with the names of its rules',
    path: `${policies}?$filter=scopeId eq '{group}' and scopeType eq 'Group'&$expand=rules($select=id)`,
    status: 200,
    names: rows('rules/id', 'rules/@odata.type'),
    has: at('policies/roleManagementPolicies(rules(id))'),
  },
  {
    page: 'policyroot-list-rolemanagementpolicyassignments',
    example: 'of a role, with policy and rules',
    path: `/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${helpdeskAdministrator}'&$expand=policy($expand=rules)`,
    status: 200,
    names: rows('policyId', 'policy/rules/target'),
    has: at('policies/roleManagementPolicyAssignments(policy(rules()))'),
  },
  {
    page: 'unifiedrolemanagementpolicy-list-rules',
    example: 'some of them, by what they are about',
    path: `${policies}/{policy}/rules?$filter=target/caller eq 'Admin' and target/level eq 'Eligibility'&$select=id`,
    status: 200,
    has: {
      ...at("policies/roleManagementPolicies('{policy}')/rules(id)"),
      value: Array.from({ length: 5 }, () => ({})),
    },
  },
  {
    page: 'rbacapplication-post-roleassignments',
    example: 'for an administrative unit, which there are none of',
    method: 'POST',
    path: `${directory}/roleAssignments`,
    body: {
      '@odata.type': '#microsoft.graph.unifiedRoleAssignment',
      roleDefinitionId: helpdeskAdministrator,
      principalId: '{ciso}',
      directoryScopeId: '/administrativeUnits/5d107bba-d8e2-4e13-b6ae-884be90e5d1b',
    },
    status: 501,
    has: { error: { code: 'ScopeNotSupported', target: 'directoryScopeId' } },
  },
  {
    page: 'resources/unifiedroleassignmentschedule',
    example: 'with all that it leads to, and no scope of an application',
    path: `${directory}/roleAssignmentSchedules?$expand=appScope,directoryScope,principal($select=id),roleDefinition($select=displayName),activatedUsing&$top=1`,
    status: 200,
    has: {
      ...at(
        'roleManagement/directory/roleAssignmentSchedules(appScope(),directoryScope(),principal(id),roleDefinition(displayName),activatedUsing())',
      ),
      value: [{ appScope: null, directoryScope: null, activatedUsing: null }],
    },
  },
];
