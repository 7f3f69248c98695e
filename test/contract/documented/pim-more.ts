import { type Pair, rows } from './pairs.ts';

const groups = '/identityGovernance/privilegedAccess/group';
const directory = '/roleManagement/directory';

/** One by its id, which the list in front of it gives; `query` is what the list wants. */
function each(page: string, list: string, names: readonly string[], query = ''): Pair[] {
  const key = list
    .slice(list.lastIndexOf('/') + 1)
    .replace('$', '')
    .toLowerCase();
  return [
    {
      page: `${page}-list`,
      example: `${list}, all of them`,
      path: `${list}${query}`,
      status: 200,
      names: rows(...names),
      keep: { [key]: 'value/id' },
    },
    {
      page: `${page}-get`,
      example: `${list}, one of them`,
      path: `${list}/{${key}}`,
      status: 200,
      names,
      has: { id: `{${key}}` },
    },
  ];
}

/** What is the caller's own. */
function own(page: string, list: string, names: readonly string[], by = 'requestor'): Pair {
  return {
    page: `${page}-filterbycurrentuser`,
    example: `${list}, one’s own`,
    by,
    path: `${list}/filterByCurrentUser(on='principal')`,
    status: 200,
    names: rows(...names),
  };
}

const schedule = [
  'id',
  'principalId',
  'createdUsing',
  'createdDateTime',
  'modifiedDateTime',
  'status',
  'memberType',
  'scheduleInfo',
];
const ofGroup = ['accessId', 'groupId', ...schedule];
const ofRole = ['roleDefinitionId', 'directoryScopeId', 'appScopeId', ...schedule];
const instance = ['id', 'principalId', 'startDateTime', 'endDateTime', 'memberType'];
const request = [
  'id',
  'status',
  'action',
  'principalId',
  'createdDateTime',
  'completedDateTime',
  'scheduleInfo',
  'justification',
  'targetScheduleId',
  'ticketInfo',
];
const inGroup = "?$filter=groupId eq '{group}'";

/** Schedules, instances and requests of groups, one by one. */
export const readingGroups: readonly Pair[] = [
  ...each(
    'privilegedaccessgroupassignmentscheduleinstance',
    `${groups}/assignmentScheduleInstances`,
    [...instance, 'accessId', 'groupId', 'assignmentType', 'assignmentScheduleId'],
    inGroup,
  ),
  own('privilegedaccessgroupassignmentscheduleinstance', `${groups}/assignmentScheduleInstances`, [
    ...instance,
    'accessId',
    'groupId',
    'assignmentType',
  ]),
  ...each(
    'privilegedaccessgroupassignmentschedulerequest',
    `${groups}/assignmentScheduleRequests`,
    [...request, 'accessId', 'groupId'],
    inGroup,
  ),
  own('privilegedaccessgroupassignmentschedulerequest', `${groups}/assignmentScheduleRequests`, [
    ...request,
    'accessId',
    'groupId',
  ]),
  ...each(
    'privilegedaccessgroupassignmentschedule',
    `${groups}/assignmentSchedules`,
    [...ofGroup, 'assignmentType'],
    inGroup,
  ),
  own('privilegedaccessgroupassignmentschedule', `${groups}/assignmentSchedules`, [...ofGroup, 'assignmentType']),
  ...each(
    'privilegedaccessgroupeligibilityscheduleinstance',
    `${groups}/eligibilityScheduleInstances`,
    [...instance, 'accessId', 'groupId', 'eligibilityScheduleId'],
    inGroup,
  ),
  own('privilegedaccessgroupeligibilityscheduleinstance', `${groups}/eligibilityScheduleInstances`, [
    ...instance,
    'accessId',
    'groupId',
  ]),
  ...each(
    'privilegedaccessgroupeligibilityschedulerequest',
    `${groups}/eligibilityScheduleRequests`,
    [...request, 'accessId', 'groupId'],
    inGroup,
  ),
  own('privilegedaccessgroupeligibilityschedulerequest', `${groups}/eligibilityScheduleRequests`, [
    ...request,
    'accessId',
    'groupId',
  ]),
  ...each('privilegedaccessgroupeligibilityschedule', `${groups}/eligibilitySchedules`, ofGroup, inGroup),
];

/** Schedules, instances and requests of directory roles, one by one. */
export const readingRoles: readonly Pair[] = [
  ...each('unifiedroleassignmentscheduleinstance', `${directory}/roleAssignmentScheduleInstances`, [
    ...instance,
    'roleDefinitionId',
    'directoryScopeId',
    'assignmentType',
    'roleAssignmentOriginId',
    'roleAssignmentScheduleId',
  ]),
  own(
    'unifiedroleassignmentscheduleinstance',
    `${directory}/roleAssignmentScheduleInstances`,
    [...instance, 'assignmentType'],
    'colleague',
  ),
  ...each('unifiedroleassignmentschedulerequest', `${directory}/roleAssignmentScheduleRequests`, [
    ...request,
    'roleDefinitionId',
    'directoryScopeId',
  ]),
  ...each('unifiedroleassignmentschedule', `${directory}/roleAssignmentSchedules`, [...ofRole, 'assignmentType']),
  own(
    'unifiedroleassignmentschedule',
    `${directory}/roleAssignmentSchedules`,
    [...ofRole, 'assignmentType'],
    'colleague',
  ),
  ...each('unifiedroleeligibilityscheduleinstance', `${directory}/roleEligibilityScheduleInstances`, [
    ...instance,
    'roleDefinitionId',
    'directoryScopeId',
    'roleEligibilityScheduleId',
  ]),
  own(
    'unifiedroleeligibilityscheduleinstance',
    `${directory}/roleEligibilityScheduleInstances`,
    [...instance, 'roleEligibilityScheduleId'],
    'colleague',
  ),
  ...each('unifiedroleeligibilityschedulerequest', `${directory}/roleEligibilityScheduleRequests`, [
    ...request,
    'roleDefinitionId',
    'directoryScopeId',
  ]),
  own('unifiedroleeligibilityschedulerequest', `${directory}/roleEligibilityScheduleRequests`, request, 'colleague'),
  ...each('unifiedroleeligibilityschedule', `${directory}/roleEligibilitySchedules`, ofRole),
  ...each('unifiedroleassignment', `${directory}/roleAssignments`, [
    'id',
    'principalId',
    'roleDefinitionId',
    'directoryScopeId',
  ]),
  ...each(
    'unifiedroledefinition',
    `${directory}/roleDefinitions`,
    [
      'id',
      'description',
      'displayName',
      'isBuiltIn',
      'isEnabled',
      'templateId',
      'version',
      'resourceScopes',
      'rolePermissions',
      'inheritsPermissionsFrom',
    ],
    '?$expand=inheritsPermissionsFrom',
  ).slice(0, 1),
  {
    page: 'unifiedroledefinition-get',
    example: 'a role',
    path: `${directory}/roleDefinitions/f2ef992c-3afb-46b9-b7cf-a126ee74c451`,
    status: 200,
    names: [
      'id',
      'description',
      'displayName',
      'isBuiltIn',
      'isEnabled',
      'templateId',
      'version',
      'rolePermissions',
      'inheritsPermissionsFrom',
    ],
    has: { displayName: 'Global Reader', isBuiltIn: true, isEnabled: true },
  },
];
