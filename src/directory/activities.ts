import type { Activities, Activity } from '../kernel/event.ts';

function activity(name: string, category: string, operation: Activity['operation']): Activity {
  return { name, category, service: 'Core Directory', operation };
}

/** The directory's own events, as the audit log shows them; names from Microsoft's audit activity reference. */
export const directoryActivities: Activities = {
  'organization.created': activity('Create company', 'DirectoryManagement', 'Add'),
  'user.created': activity('Add user', 'UserManagement', 'Add'),
  'user.updated': activity('Update user', 'UserManagement', 'Update'),
  'user.deleted': activity('Delete user', 'UserManagement', 'Delete'),
  'user.restored': activity('Restore user', 'UserManagement', 'Other'),
  'user.purged': activity('Hard Delete user', 'UserManagement', 'Delete'),
  'user.disabled': activity('Disable account', 'UserManagement', 'Update'),
  'user.enabled': activity('Enable account', 'UserManagement', 'Update'),
  'user.managerChanged': activity('Set user manager', 'UserManagement', 'Update'),
  'user.sponsorsChanged': activity('Update user sponsors', 'UserManagement', 'Update'),
  'group.created': activity('Add group', 'GroupManagement', 'Add'),
  'group.updated': activity('Update group', 'GroupManagement', 'Update'),
  'group.deleted': activity('Delete group', 'GroupManagement', 'Delete'),
  'group.restored': activity('Restore Group', 'GroupManagement', 'Other'),
  'group.purged': activity('Hard Delete group', 'GroupManagement', 'Delete'),
  'group.evaluated': activity('Evaluate dynamic membership', 'GroupManagement', 'Read'),
  'role-definition.created': activity('Add role definition', 'RoleManagement', 'Add'),
  'role-definition.updated': activity('Update role definition', 'RoleManagement', 'Update'),
  'role-definition.deleted': activity('Delete role definition', 'RoleManagement', 'Delete'),
  'directory-role.activated': activity('Add role from template', 'RoleManagement', 'Add'),
  'directory-object.restored': activity('Restore directory object', 'DirectoryManagement', 'Other'),
  'directory-object.purged': activity('Hard delete directory object', 'DirectoryManagement', 'Delete'),
  'directory-object.deleted': activity('Delete directory object', 'DirectoryManagement', 'Delete'),
  'directory.read': activity('Read directory', 'DirectoryManagement', 'Read'),
};
