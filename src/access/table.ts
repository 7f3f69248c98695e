import type { NamedRole } from './roles.ts';

/** How a caller stands to the thing that an operation is about. Capabilities find out and hand it over. */
export type Relation =
  | 'self'
  | 'groupOwner'
  | 'requestor'
  // Somebody whom a policy lets ask for the person.
  | 'onBehalfRequestor'
  | 'anyone'
  // Delegated by roles of entitlement management, in the catalog that the thing is in, or in all of the first door.
  | 'catalogOwner'
  | 'catalogReader'
  | 'packageManager'
  | 'assignmentManager'
  | 'catalogCreator'
  | 'connectedOrganizationAdministrator';

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

const groupRoles = ['groupsAdministrator', 'userAdministrator', 'directoryWriters'] as const;
const groupWrites = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'] as const;
// Members, and PIM for groups that no role can be assigned to.
const memberRoles = [...groupRoles, 'identityGovernanceAdministrator'] as const;
const userWrites = ['User.ReadWrite.All', 'Directory.ReadWrite.All'] as const;
const governors = ['identityGovernanceAdministrator'] as const;
const applicationRoles = ['applicationAdministrator', 'cloudApplicationAdministrator'] as const;
const directoryRoles = ['globalReader', 'directoryReaders'] as const;
const directoryReads = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const;
const entitlements = 'EntitlementManagement.ReadWrite.All';
const entitlementRoles = [entitlements, 'RoleManagement.ReadWrite.EntitlementManagement'] as const;
const packageDelegates = ['catalogOwner', 'packageManager'] as const;
const assignmentDelegates = [...packageDelegates, 'assignmentManager'] as const;
const roleManagement = 'RoleManagement.ReadWrite.Directory';
const roleReads = ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', roleManagement] as const;
const privilegedReaders = [
  'privilegedRoleAdministrator',
  'globalReader',
  'securityReader',
  'securityAdministrator',
  'securityOperator',
] as const;

/**
 * What callers may do, one row an operation. Sources: permissions sections of Microsoft's Graph reference pages
 * and "Microsoft Entra built-in roles". A Global Administrator may do all of it.
 *
 * Deciding about an approval has no row: only an approver of the open stage may, whatever roles anybody has.
 */
export const accessTable = {
  'governanceSettings.read': rule([...privilegedReaders, 'identityGovernanceAdministrator'], roleReads),
  'governanceSettings.update': rule(['privilegedRoleAdministrator'], [roleManagement]),

  'linkedAccounts.read': rule(
    [...privilegedReaders, 'userAdministrator', 'privilegedAuthenticationAdministrator'],
    roleReads,
  ),
  'linkedAccounts.manage': rule(
    ['userAdministrator', 'privilegedRoleAdministrator', 'privilegedAuthenticationAdministrator'],
    [roleManagement],
  ),
  // Linking binds, unlinking loosens: one human would become two for every approval.
  'linkedAccounts.unlink': rule(
    ['privilegedRoleAdministrator', 'privilegedAuthenticationAdministrator'],
    [roleManagement],
  ),

  'user.create': rule(['userAdministrator', 'directoryWriters'], userWrites),
  'user.update': rule(['userAdministrator', 'directoryWriters', 'privilegedAuthenticationAdministrator'], userWrites),
  // Restoring too. Directory.ReadWrite.All deletes neither users nor groups.
  'user.delete': rule(['userAdministrator', 'privilegedAuthenticationAdministrator'], ['User.ReadWrite.All']),
  // Accounts that hold or may hold a privileged role, and members and owners of role-assignable groups: beside the
  // rows above. An application needs the role too, no permission is enough.
  'user.updatePrivileged': rule(['privilegedAuthenticationAdministrator'], []),
  'user.deletePrivileged': rule(['privilegedAuthenticationAdministrator'], []),

  // What somebody signs in with. Source: Microsoft Entra built-in roles, "Who can reset passwords" and Temporary Access Pass.
  'authenticationMethod.read': rule(
    ['globalReader', 'userAdministrator', 'privilegedAuthenticationAdministrator'],
    ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'],
    ['self'],
  ),
  'authenticationMethod.changeOwn': { roles: [], permissions: [], relations: ['self'] },
  'authenticationMethod.manage': rule(
    ['userAdministrator', 'privilegedAuthenticationAdministrator'],
    ['UserAuthenticationMethod.ReadWrite.All'],
  ),
  // Of whoever holds or may hold a privileged role, or is in or owns a role-assignable group: beside the row above.
  'authenticationMethod.managePrivileged': rule(['privilegedAuthenticationAdministrator'], []),

  // Source: "Application Administrator" and "Cloud Application Administrator" of Microsoft Entra built-in roles.
  'application.manage': rule(applicationRoles, ['Application.ReadWrite.All']),
  // Giving permissions, and managing what has some or holds privileged roles: beside the row above. Entra lets an
  // Application Administrator put a secret to any application and act as it; here that takes who could give it all.
  'application.managePrivileged': rule(['privilegedRoleAdministrator'], []),

  'group.create': rule(groupRoles, ['Group.Create', ...groupWrites]),
  'group.createRoleAssignable': rule(['privilegedRoleAdministrator'], [roleManagement]),
  'group.update': rule(groupRoles, groupWrites, ['groupOwner']),
  'group.updateRoleAssignable': rule(['privilegedRoleAdministrator'], [roleManagement], ['groupOwner']),
  // Validating and trying a membership rule: for those who may make groups or automatic policies that follow one.
  'membershipRule.try': rule(memberRoles, ['Group.Create', ...groupWrites, entitlements], ['groupOwner']),
  // Restoring too.
  'group.delete': rule(['groupsAdministrator', 'userAdministrator'], ['Group.ReadWrite.All'], ['groupOwner']),
  'group.deleteRoleAssignable': rule(['privilegedRoleAdministrator'], [roleManagement], ['groupOwner']),
  'group.manageMembers': rule(memberRoles, ['GroupMember.ReadWrite.All', ...groupWrites], ['groupOwner']),
  'group.manageOwners': rule(groupRoles, groupWrites, ['groupOwner']),
  // Owners too.
  'group.manageMembersRoleAssignable': rule(['privilegedRoleAdministrator'], [roleManagement], ['groupOwner']),

  'roleDefinition.manage': rule(['privilegedRoleAdministrator'], [roleManagement]),
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
    memberRoles,
    ['RoleManagementPolicy.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  'roleManagementPolicy.updateForRoleAssignableGroup': rule(
    ['privilegedRoleAdministrator'],
    ['RoleManagementPolicy.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  'authenticationContext.manage': rule(
    ['conditionalAccessAdministrator', 'securityAdministrator'],
    ['Policy.ReadWrite.ConditionalAccess'],
  ),
  'groupEligibility.manage': rule(
    memberRoles,
    ['PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  'groupEligibility.manageRoleAssignable': rule(
    ['privilegedRoleAdministrator'],
    ['PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  'groupAssignment.manage': rule(memberRoles, ['PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup'], ['groupOwner']),
  'groupAssignment.manageRoleAssignable': rule(
    ['privilegedRoleAdministrator'],
    ['PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup'],
    ['groupOwner'],
  ),
  // Not even a Global Administrator activates for somebody else.
  'activation.request': { roles: [], permissions: [], relations: ['self'] },

  'entitlementSettings.update': rule(governors, [entitlements]),
  // Delegated roles: "Delegation and roles in entitlement management", its table of tasks.
  'catalog.create': rule(governors, [entitlements], ['catalogCreator']),
  'catalog.update': rule(governors, [entitlements], ['catalogOwner']),
  'catalog.delete': rule(governors, [entitlements], ['catalogOwner']),
  'catalog.addResource': rule(governors, [entitlements], ['catalogOwner']),
  'accessPackage.create': rule(governors, [entitlements], packageDelegates),
  'accessPackage.update': rule(governors, [entitlements], packageDelegates),
  'accessPackage.delete': rule(governors, [entitlements], packageDelegates),
  'assignmentPolicy.manage': rule(governors, [entitlements], packageDelegates),
  'entitlementRole.assign': rule(governors, entitlementRoles, ['catalogOwner']),
  'entitlementRole.assignTenantWide': rule(governors, entitlementRoles),
  'connectedOrganization.manage': rule(governors, [entitlements], ['connectedOrganizationAdministrator']),
  // Marking a guest as governed, who is then blocked and deleted once the last assignment is gone.
  'subject.govern': rule(governors, [entitlements], assignmentDelegates),
  'entitlementRole.define': rule(governors, entitlementRoles),
  // Not even an owner of the catalog (Microsoft: "can only be created by an administrator").
  'assignmentPolicy.manageAutomatic': rule(governors, [entitlements]),
  'assignmentRequest.submitForSelf': { roles: [], permissions: [], relations: ['self'] },
  'assignmentRequest.submitAsAdministrator': rule(
    [...governors, 'userAdministrator'],
    [entitlements],
    assignmentDelegates,
  ),
  'assignmentRequest.cancel': rule(governors, [entitlements], ['requestor', ...assignmentDelegates]),
  'assignmentRequest.delete': rule(governors, [entitlements], assignmentDelegates),

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
  // Who could come in as what: for those alone who look after it.
  'application.read': rule(
    [...directoryRoles, ...applicationRoles],
    ['Application.Read.All', 'Application.ReadWrite.All', ...directoryReads],
  ),
  'organization.read': rule(directoryRoles, ['Organization.Read.All', 'User.Read.All', ...directoryReads], ['anyone']),
  'directory.read': rule(
    directoryRoles,
    ['Directory.Read.All', 'Directory.ReadWrite.All', 'User.Read.All', 'Group.Read.All', roleManagement],
    ['anyone'],
  ),
  'entitlements.readAll': rule(
    [
      ...governors,
      'globalReader',
      'securityReader',
      'securityAdministrator',
      'complianceAdministrator',
      'userAdministrator',
    ],
    ['EntitlementManagement.Read.All', entitlements],
    ['catalogReader'],
  ),
  'effectiveAccess.read': rule([...privilegedReaders, 'identityGovernanceAdministrator'], roleReads, ['self']),
  // What a person's own desk shows: who they are, what they hold and what waits for them.
  'desk.read': { roles: [], permissions: [], relations: ['self'] },
  // Who has which role of entitlement management; whoever has one in a catalog reads it there.
  'entitlementRole.read': rule(
    [],
    [
      'RoleManagement.Read.EntitlementManagement',
      'RoleManagement.ReadWrite.EntitlementManagement',
      'RoleManagement.Read.All',
    ],
    ['catalogReader'],
  ),
  'explanation.read': rule(
    [...governors, 'globalReader', 'securityReader', 'securityAdministrator'],
    ['EntitlementManagement.Read.All', entitlements],
    ['self', 'onBehalfRequestor'],
  ),
  // What is wrong with the design and with who holds what.
  'findings.read': rule([...privilegedReaders, ...governors], roleReads),
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
    ['groupOwner'],
  ),
  // Who settles the rules of PIM chooses among them.
  'authenticationContext.read': rule(
    [...privilegedReaders, 'conditionalAccessAdministrator'],
    ['Policy.Read.ConditionalAccess', 'Policy.ReadWrite.ConditionalAccess'],
  ),
  'audit.read': rule(
    ['globalReader', 'securityReader', 'securityAdministrator', 'reportsReader'],
    ['AuditLog.Read.All'],
  ),
} as const satisfies Record<string, Rule>;

/** Every operation that has a row in the table. */
export type AccessOperation = keyof typeof accessTable;
