import type { Activities, Activity } from '../kernel/event.ts';

function activity(name: string, operation: Activity['operation']): Activity {
  return { name, category: 'EntitlementManagement', service: 'Entitlement Management', operation };
}

/**
 * Event types of the first door, as the audit log shows them. Names from Microsoft's audit activity reference, but
 * for those of attempts that never became a request.
 */
export const entitlementActivities: Activities = {
  'catalog.created': activity('Create access package catalog', 'Add'),
  'catalog.updated': activity('Update access package catalog', 'Update'),
  'catalog.deleted': activity('Delete access package catalog', 'Delete'),
  'catalog-resource.added': activity('Create resource request', 'Add'),
  'catalog-resource.removed': activity('Create resource remove request', 'Delete'),
  'subject.lifecycleChanged': activity('Update lifecycle of external user', 'Update'),
  'subject.blocked': activity('Block external user without access package assignments', 'Update'),
  'connected-organization.created': activity('Create connected organization', 'Add'),
  'connected-organization.updated': activity('Update connected organization', 'Update'),
  'connected-organization.deleted': activity('Delete connected organization', 'Delete'),
  'connected-organization.internalSponsorAdded': activity('Assign user as internal sponsor', 'Assign'),
  'connected-organization.externalSponsorAdded': activity('Assign user as external sponsor', 'Assign'),
  'connected-organization.internalSponsorRemoved': activity('Remove user as internal sponsor', 'Unassign'),
  'connected-organization.externalSponsorRemoved': activity('Remove user as external sponsor', 'Unassign'),
  'entitlement-role.created': activity('Create Entitlement Management role definition', 'Add'),
  'entitlement-role.updated': activity('Update Entitlement Management role definition', 'Update'),
  'entitlement-role.deleted': activity('Delete Entitlement Management role definition', 'Delete'),
  'access-package.created': activity('Create access package', 'Add'),
  'access-package.updated': activity('Update access package', 'Update'),
  'access-package.deleted': activity('Delete access package', 'Delete'),
  'access-package.roleAdded': activity('Add resource role to access package', 'Update'),
  'access-package.roleRemoved': activity('Remove resource role from access package', 'Update'),
  'access-package.incompatiblePackageAdded': activity('Create incompatible access package', 'Add'),
  'access-package.incompatiblePackageRemoved': activity('Delete incompatible access package', 'Delete'),
  'access-package.incompatibleGroupAdded': activity('Create incompatible group', 'Add'),
  'access-package.incompatibleGroupRemoved': activity('Delete incompatible group', 'Delete'),
  'assignment.compared': activity('Administrator compares access package assignments', 'Read'),
  'assignment-policy.created': activity('Create access package assignment policy', 'Add'),
  'assignment-policy.updated': activity('Update access package assignment policy', 'Update'),
  'assignment-policy.deleted': activity('Delete access package assignment policy', 'Delete'),
  'entitlement-settings.updated': activity('Update tenant setting', 'Update'),
  'assignment-request.prepared': activity('User reads what a request asks for', 'Read'),
  'assignment-request.submitted': activity('User requests access package assignment', 'Add'),
  'assignment-request.adminAdded': activity('Administrator directly assigns user to access package', 'Add'),
  'assignment-request.adminRemoved': activity(
    'Administrator directly removes user access package assignment',
    'Delete',
  ),
  'assignment-request.userRemoved': activity('User requests to remove access package assignment', 'Delete'),
  'assignment-request.approverRemoved': activity('Approver takes back approval of access package assignment', 'Delete'),
  'assignment-request.reprocessed': activity('Reprocess access package assignment request', 'Update'),
  'assignment-request.resumed': activity('Resume access package assignment request', 'Update'),
  'assignment.reprocessed': activity('Reprocess access package assignment', 'Update'),
  'assignment-request.autoApproved': activity('Auto approve access package assignment request', 'Update'),
  'assignment-request.approved': activity('Approve access package assignment request', 'Update'),
  'assignment-request.denied': activity('Deny access package assignment request', 'Update'),
  'assignment-request.timedOut': activity(
    'Access package assignment request timed out (no approver action taken)',
    'Update',
  ),
  'assignment-request.canceled': activity('Cancel access package assignment request', 'Update'),
  'assignment-request.deleted': activity('Delete access package assignment request', 'Delete'),
  'assignment-request.scheduled': activity('Schedule a future access package assignment', 'Update'),
  'assignment-request.fulfilled': activity('Fulfill access package assignment request', 'Assign'),
  'assignment-request.failed': activity('Failed access package assignment request', 'Assign'),
  'assignment-request.systemAdded': activity(
    'Entitlement Management creates access package assignment request for user',
    'Add',
  ),
  'assignment-request.systemRemoved': activity(
    'Entitlement Management removes access package assignment request for user',
    'Delete',
  ),
  'assignment.leaving': activity('Target leaves the scope of an access package assignment policy', 'Update'),
  'assignment.staying': activity('Target returns to the scope of an access package assignment policy', 'Update'),
  'assignment.delivered': activity('Fulfill access package resource assignment', 'Assign'),
  'assignment.removed': activity('Remove access package assignment', 'Unassign'),
  'assignment.expired': activity('Remove access package assignment (expired)', 'Unassign'),
};
