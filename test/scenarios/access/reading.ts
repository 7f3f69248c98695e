import type { AccessOperation } from '../../../src/access/index.ts';
import type { Play } from '../play.ts';
import { someRole } from './fixtures.ts';

/** One way of reading, and who is answered: everybody else is told that it is none of their business (403). */
export interface ReadCase {
  /** As the registry knows it: a collection, or a function with its path. */
  readonly place: string;
  /** What is asked, about somebody else where it makes a difference whose it is. */
  readonly path: string;
  /**
   * One of these rows opens it. Besides, `people`: every person may, `holders`: whoever has a role, and so something of
   * their own in it, `all`: everybody; all of them see what is theirs.
   */
  readonly rows: readonly AccessOperation[];
  readonly whoever?: 'people' | 'holders' | 'all';
  /** Where what nobody else may know of looks absent: 404 instead. */
  readonly otherwise?: 404;
}

const entitlements = '/identityGovernance/entitlementManagement';
const directory = '/roleManagement/directory';
const groups = '/identityGovernance/privilegedAccess/group';

/** Every collection and function of Graph, and of `/sallyport/`. */
export function readCases(
  { idOf }: Pick<Play, 'idOf'>,
  {
    packageId,
    otherId,
    policyId,
    requestId,
    scheduleRequestId,
    groupId,
  }: Readonly<Record<'packageId' | 'otherId' | 'policyId' | 'requestId' | 'scheduleRequestId' | 'groupId', string>>,
): ReadCase[] {
  const other = idOf('helpdesk');
  const about = `$filter=principalId eq '${other}'`;
  const plain = (
    rows: readonly AccessOperation[],
    whoever: ReadCase['whoever'],
    ...paths: readonly string[]
  ): ReadCase[] => paths.map((path) => ({ place: path, path, rows, ...(whoever === undefined ? {} : { whoever }) }));
  const asked = (
    rows: readonly AccessOperation[],
    place: string,
    query: string,
    whoever?: ReadCase['whoever'],
  ): ReadCase => ({ place, path: `${place}${query}`, rows, ...(whoever === undefined ? {} : { whoever }) });
  /** What is the caller's own, whoever calls: an application has nothing, and is told of nothing. */
  const mine = (place: string, on: string) => asked([], place, `(on='${on}')`, 'all');
  const roleReaders = ['roleSchedule.read', 'roleEligibility.manage', 'roleAssignmentSchedule.manage'] as const;
  const groupReaders = ['groupSchedule.read', 'groupEligibility.manage', 'groupAssignment.manage'] as const;
  const things = ['user.read', 'group.read', 'servicePrincipal.read', 'roleDefinition.read'] as const;
  const policyReaders = ['roleManagementPolicy.readForRole', 'roleManagementPolicy.readForGroup'] as const;
  const bothOf = `(accessPackageId='${packageId}',incompatibleAccessPackageId='${otherId}')`;
  const ofRoles = "?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";

  return [
    {
      place: '/sallyport/users/{id}/authentication',
      path: `/sallyport/users/${other}/authentication`,
      rows: ['authenticationMethod.read'],
    },
    ...plain(['user.read'], undefined, '/users'),
    ...plain(['group.read'], undefined, '/groups'),
    ...plain(['servicePrincipal.read'], undefined, '/servicePrincipals'),
    ...plain(['application.read'], undefined, '/sallyport/applications', '/sallyport/applicationPermissions'),
    ...plain(['organization.read'], undefined, '/organization'),
    ...plain(['roleDefinition.read'], undefined, '/directoryRoles', '/directoryRoleTemplates'),
    ...plain(['roleDefinition.read'], undefined, `${directory}/roleDefinitions`),
    ...plain(things, undefined, '/directoryObjects', '/directory/deletedItems'),
    ...plain(['audit.read'], undefined, '/auditLogs/directoryAudits'),
    ...plain(
      ['authenticationContext.read'],
      undefined,
      '/identity/conditionalAccess/authenticationContextClassReferences',
    ),
    asked(policyReaders, '/policies/roleManagementPolicies', ofRoles, 'holders'),
    asked(policyReaders, '/policies/roleManagementPolicyAssignments', ofRoles, 'holders'),

    asked(['roleSchedule.read', 'roleDefinition.read'], `${directory}/roleAssignments`, `?${about}`, 'people'),
    ...['Schedules', 'ScheduleInstances', 'ScheduleRequests'].flatMap((what) => [
      asked(roleReaders, `${directory}/roleEligibility${what}`, `?${about}`),
      asked(
        roleReaders,
        `${directory}/roleAssignment${what}`,
        `?${about}`,
        what === 'ScheduleRequests' ? undefined : 'holders',
      ),
      asked(groupReaders, `${groups}/eligibility${what}`, `?${about}`),
      asked(groupReaders, `${groups}/assignment${what}`, `?${about}`),
      ...[`${directory}/roleEligibility${what}`, `${directory}/roleAssignment${what}`].map((place) =>
        mine(`${place}/filterByCurrentUser`, 'principal'),
      ),
      ...[`${groups}/eligibility${what}`, `${groups}/assignment${what}`].map((place) =>
        mine(`${place}/filterByCurrentUser`, 'principal'),
      ),
    ]),
    ...plain([], 'all', `${groups}/assignmentApprovals`, `/beta${directory}/roleAssignmentApprovals`),
    mine(`${groups}/assignmentApprovals/filterByCurrentUser`, 'approver'),
    mine(`/beta${directory}/roleAssignmentApprovals/filterByCurrentUser`, 'approver'),

    ...plain(
      ['entitlements.readAll'],
      'people',
      ...[
        'catalogs',
        'resources',
        'resourceRequests',
        'resourceEnvironments',
        'accessPackages',
        'assignmentPolicies',
        'assignmentRequests',
        'assignments',
        'subjects',
        'connectedOrganizations',
      ].map((set) => `${entitlements}/${set}`),
    ),
    ...plain([], 'all', `${entitlements}/accessPackageAssignmentApprovals`, `${entitlements}/resourceRoleScopes`),
    mine(`${entitlements}/accessPackages/filterByCurrentUser`, 'allowedRequestor'),
    mine(`${entitlements}/assignmentRequests/filterByCurrentUser`, 'target'),
    mine(`${entitlements}/assignments/filterByCurrentUser`, 'target'),
    mine(`${entitlements}/accessPackageAssignmentApprovals/filterByCurrentUser`, 'approver'),
    asked(['entitlements.readAll'], `${entitlements}/assignments/additionalAccess`, bothOf),
    asked(
      ['entitlementRole.read', 'entitlements.readAll'],
      '/roleManagement/entitlementManagement/roleAssignments',
      `?${about}`,
    ),
    ...plain(
      ['entitlementRole.read', 'entitlements.readAll'],
      'people',
      '/roleManagement/entitlementManagement/roleDefinitions',
    ),

    ...plain([], 'all', '/sallyport/grants', '/sallyport/linkedAccounts', '/sallyport/assignments'),
    ...plain(['roleManagementPolicy.readForGroup'], undefined, '/sallyport/groups'),
    {
      place: '/sallyport/groups/{id}/pim',
      path: `/sallyport/groups/${groupId}/pim`,
      rows: ['roleManagementPolicy.readForGroup'],
    },
    ...plain([], 'all', '/sallyport/membershipRules/properties'),
    ...plain(['findings.read'], undefined, '/sallyport/findings'),
    { place: '/sallyport/stories/{id}', path: `/sallyport/stories/${requestId}`, rows: ['audit.read'] },
    ...plain(['entitlements.readAll'], 'people', '/sallyport/assignmentPolicies'),
    ...plain([], 'people', '/sallyport/accessPackages', '/sallyport/approvals'),
    ...(
      [
        ['approvals/{id}', requestId, ['entitlements.readAll']],
        ['assignmentRequests/{id}/timeline', requestId, ['entitlements.readAll']],
        ['scheduleRequests/{id}/timeline', scheduleRequestId, roleReaders],
      ] as const
    ).map(
      ([path, id, rows]): ReadCase => ({
        place: `/sallyport/${path}`,
        path: `/sallyport/${path.replace('{id}', id)}`,
        rows,
        otherwise: 404,
      }),
    ),
    {
      place: '/sallyport/accessPackages/{id}/contents',
      path: `/sallyport/accessPackages/${otherId}/contents`,
      rows: ['entitlements.readAll'],
      otherwise: 404,
    },
    asked(['effectiveAccess.read'], '/sallyport/effectiveAccess', `?principalId=${other}`),
    asked(['effectiveAccess.read'], '/sallyport/effectiveAccess', `?privilege=${someRole}`),
    asked(['explanation.read'], '/sallyport/explain', `?accessPackageId=${packageId}&targetId=${other}`),
    {
      place: '/sallyport/assignmentRequests/{id}/effectiveEnd',
      path: `/sallyport/assignmentRequests/${requestId}/effectiveEnd`,
      rows: ['entitlements.readAll'],
    },
    asked(['entitlements.readAll'], '/sallyport/reachability', `?policyId=${policyId}`),
  ];
}
