import type { NamedRole } from './roles.ts';

/** How a caller stands to the thing that an operation is about. Capabilities find out and hand it over. */
export type Relation =
  | 'self'
  | 'groupOwner'
  | 'catalogOwner'
  | 'accessPackageManager'
  | 'assignmentManager'
  | 'requestor'
  | 'approver'
  | 'anyone';

/** Who may do an operation: holders of an active role, apps with a permission, people in a relation. */
export interface Rule {
  readonly roles: readonly NamedRole[];
  /** Application permissions of Graph; one of them is enough. */
  readonly permissions: readonly string[];
  readonly relations: readonly Relation[];
}

function rule(roles: readonly NamedRole[], permissions: readonly string[], relations: readonly Relation[] = []): Rule {
  return { roles: ['globalAdministrator', ...roles], permissions, relations };
}

const groupRoles = [
  'groupsAdministrator',
  'userAdministrator',
  'directoryWriters',
  'identityGovernanceAdministrator',
] as const;
const directoryRoles = ['globalReader', 'directoryReaders'] as const;
const directoryReads = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const;
const entitlements = 'EntitlementManagement.ReadWrite.All';
const roleManagement = 'RoleManagement.ReadWrite.Directory';
const roleReads = ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', roleManagement] as const;
const privilegedReaders = [
  'privilegedRoleAdministrator',
  'globalReader',
  'securityReader',
  'securityAdministrator',
] as const;

/**
 * What callers may do, one row an operation. Sources: permissions sections of Microsoft's Graph reference pages
 * and "Microsoft Entra built-in roles". A Global Administrator may do all of it.
 */
export const accessTable = {
  'user.create': rule(['userAdministrator'], ['User.ReadWrite.All', 'Directory.ReadWrite.All']),
  'user.update': rule(['userAdministrator'], ['User.ReadWrite.All', 'Directory.ReadWrite.All']),
  'user.delete': rule(['userAdministrator'], ['User.ReadWrite.All', 'Directory.ReadWrite.All']),
  // Accounts that hold or may hold a privileged role, and members and owners of role-assignable groups.
  'user.updatePrivileged': rule(['privilegedAuthenticationAdministrator'], [roleManagement]),
  'user.deletePrivileged': rule(['privilegedAuthenticationAdministrator'], [roleManagement]),

  'group.create': rule(groupRoles, ['Group.ReadWrite.All', 'Group.Create', 'Directory.ReadWrite.All']),
  'group.createRoleAssignable': rule(['privilegedRoleAdministrator'], [roleManagement]),
  'group.update': rule(groupRoles, ['Group.ReadWrite.All', 'Directory.ReadWrite.All'], ['groupOwner']),
  'group.updateRoleAssignable': rule(['privilegedRoleAdministrator'], [roleManagement], ['groupOwner']),
  'group.delete': rule(groupRoles, ['Group.ReadWrite.All', 'Directory.ReadWrite.All'], ['groupOwner']),
  'group.deleteRoleAssignable': rule(['privilegedRoleAdministrator'], [roleManagement], ['groupOwner']),
  'group.manageMembers': rule(
    groupRoles,
    ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    ['groupOwner'],
  ),
  'group.manageMembersRoleAssignable': rule(['privilegedRoleAdministrator'], [roleManagement], ['groupOwner']),

  'roleAssignment.manage': rule(['privilegedRoleAdministrator'], [roleManagement]),
  'roleAssignmentSchedule.manage': rule(
    ['privilegedRoleAdministrator'],
    ['RoleAssignmentSchedule.ReadWrite.Directory', roleManagement],
  ),
  'roleEligibility.manage': rule(
    ['privilegedRoleAdministrator'],
    ['RoleEligibilitySchedule.ReadWrite.Directory', roleManagement],
  ),
  'roleManagementPolicy.updateForRole': rule(
    ['privilegedRoleAdministrator'],
    ['RoleManagementPolicy.ReadWrite.Directory', roleManagement],
  ),
  'roleManagementPolicy.updateForGroup': rule(
    groupRoles,
    ['RoleManagementPolicy.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  'roleManagementPolicy.updateForRoleAssignableGroup': rule(
    ['privilegedRoleAdministrator'],
    ['RoleManagementPolicy.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  'groupEligibility.manage': rule(groupRoles, ['PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup'], ['groupOwner']),
  'groupEligibility.manageRoleAssignable': rule(
    ['privilegedRoleAdministrator'],
    ['PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  'groupAssignment.manage': rule(groupRoles, ['PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup'], ['groupOwner']),
  'groupAssignment.manageRoleAssignable': rule(
    ['privilegedRoleAdministrator'],
    ['PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  // Not even a Global Administrator activates for somebody else.
  'activation.request': { roles: [], permissions: [], relations: ['self'] },
  'activation.decide': { roles: [], permissions: [], relations: ['approver'] },
  'activation.cancelAny': rule(['privilegedRoleAdministrator'], []),

  'entitlementSettings.update': rule(['identityGovernanceAdministrator'], [entitlements]),
  'catalog.create': rule(['identityGovernanceAdministrator'], [entitlements]),
  'catalog.update': rule(['identityGovernanceAdministrator'], [entitlements], ['catalogOwner']),
  'catalog.delete': rule(['identityGovernanceAdministrator'], [entitlements], ['catalogOwner']),
  'catalog.addResource': rule(['identityGovernanceAdministrator'], [entitlements], ['catalogOwner']),
  'accessPackage.create': rule(
    ['identityGovernanceAdministrator'],
    [entitlements],
    ['catalogOwner', 'accessPackageManager'],
  ),
  'accessPackage.update': rule(
    ['identityGovernanceAdministrator'],
    [entitlements],
    ['catalogOwner', 'accessPackageManager'],
  ),
  'accessPackage.delete': rule(
    ['identityGovernanceAdministrator'],
    [entitlements],
    ['catalogOwner', 'accessPackageManager'],
  ),
  'assignmentPolicy.manage': rule(
    ['identityGovernanceAdministrator'],
    [entitlements],
    ['catalogOwner', 'accessPackageManager'],
  ),
  'assignmentRequest.submitForSelf': { roles: [], permissions: [], relations: ['self'] },
  'assignmentRequest.submitAsAdministrator': rule(
    ['identityGovernanceAdministrator', 'userAdministrator'],
    [entitlements, 'EntitlementMgmt-SubjectAccess.ReadWrite'],
    ['catalogOwner', 'accessPackageManager', 'assignmentManager'],
  ),
  'assignmentRequest.cancel': rule(
    ['identityGovernanceAdministrator'],
    [entitlements],
    ['requestor', 'assignmentManager'],
  ),
  'assignmentRequest.delete': rule(
    ['identityGovernanceAdministrator'],
    [entitlements],
    ['catalogOwner', 'assignmentManager'],
  ),
  'assignmentRequest.decide': { roles: [], permissions: [], relations: ['approver'] },

  // Entra's default permissions let every person read the directory; applications need a permission.
  'user.read': rule(
    directoryRoles,
    ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...directoryReads],
    ['anyone'],
  ),
  'group.read': rule(
    directoryRoles,
    [
      'GroupMember.Read.All',
      'GroupMember.ReadWrite.All',
      'Group.Read.All',
      'Group.ReadWrite.All',
      roleManagement,
      ...directoryReads,
    ],
    ['anyone'],
  ),
  'roleDefinition.read': rule(
    directoryRoles,
    ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', roleManagement, ...directoryReads],
    ['anyone'],
  ),
  'servicePrincipal.read': rule(
    directoryRoles,
    ['Application.Read.All', 'Application.ReadWrite.All', ...directoryReads],
    ['anyone'],
  ),
  'organization.read': rule(directoryRoles, ['Organization.Read.All', 'User.Read.All', ...directoryReads], ['anyone']),
  'directory.read': rule(
    directoryRoles,
    ['Directory.Read.All', 'Directory.ReadWrite.All', 'User.Read.All', 'Group.Read.All', roleManagement],
    ['anyone'],
  ),
  'entitlements.readAll': rule(
    ['identityGovernanceAdministrator', 'globalReader', 'securityReader', 'securityAdministrator', 'userAdministrator'],
    ['EntitlementManagement.Read.All', entitlements],
  ),
  'roleSchedule.read': rule(privilegedReaders, [
    ...roleReads,
    'RoleEligibilitySchedule.Read.Directory',
    'RoleEligibilitySchedule.ReadWrite.Directory',
    'RoleAssignmentSchedule.Read.Directory',
    'RoleAssignmentSchedule.ReadWrite.Directory',
  ]),
  'groupSchedule.read': rule(privilegedReaders, [
    'PrivilegedAccess.Read.AzureADGroup',
    'PrivilegedAccess.ReadWrite.AzureADGroup',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
    'PrivilegedAssignmentSchedule.Read.AzureADGroup',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  ]),
  'roleManagementPolicy.readForRole': rule(privilegedReaders, [
    ...roleReads,
    'RoleManagementPolicy.Read.Directory',
    'RoleManagementPolicy.ReadWrite.Directory',
  ]),
  'roleManagementPolicy.readForGroup': rule(
    [...privilegedReaders, 'groupsAdministrator', 'userAdministrator', 'identityGovernanceAdministrator'],
    ['RoleManagementPolicy.Read.AzureADGroup', 'RoleManagementPolicy.ReadWrite.AzureADGroup'],
  ),
  'audit.read': rule(
    ['globalReader', 'securityReader', 'securityAdministrator', 'reportsReader'],
    ['AuditLog.Read.All'],
  ),
} as const satisfies Record<string, Rule>;

/** Every operation that has a row in the table. */
export type AccessOperation = keyof typeof accessTable;
