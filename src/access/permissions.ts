/** Application permissions with which a whole design can be built and read: what an app for design as code is given. */
export const designPermissions: readonly string[] = [
  'User.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
  'EntitlementManagement.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
  'RoleManagementPolicy.ReadWrite.Directory',
  'RoleManagementPolicy.ReadWrite.AzureADGroup',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  'AuditLog.Read.All',
];
