import type { NavigationMetadata } from '@microsoft/kiota-abstractions';
import { extendGraphServiceClient } from '@microsoft/msgraph-sdk';
import type * as Model from '@microsoft/msgraph-sdk/models/index.js';
import {
  type Action,
  type Collection,
  collection,
  filterByCurrentUser,
  type Item,
  items,
  type List,
  references,
} from './builders.ts';

interface OfCurrentUser<T> {
  filterByCurrentUserWithOn(on: string): List<T>;
}

interface Groups extends Collection<Model.Group> {
  byGroupId(id: string): Item<Model.Group> & {
    readonly members: List<Model.DirectoryObject> & { readonly ref: Action<Model.ReferenceCreate, void> };
  };
}

interface Approvals extends List<Model.Approval>, OfCurrentUser<Model.Approval> {
  byApprovalId(id: string): Item<Model.Approval> & {
    readonly stages: List<Model.ApprovalStage> & { byApprovalStageId(id: string): Item<Model.ApprovalStage> };
  };
}

interface Packages extends Collection<Model.AccessPackage>, OfCurrentUser<Model.AccessPackage> {
  byAccessPackageId(id: string): Item<Model.AccessPackage> & {
    readonly resourceRoleScopes: Collection<Model.AccessPackageResourceRoleScope>;
  };
}

interface AssignmentRequests
  extends Collection<Model.AccessPackageAssignmentRequest>,
    OfCurrentUser<Model.AccessPackageAssignmentRequest> {
  byAccessPackageAssignmentRequestId(id: string): Item<Model.AccessPackageAssignmentRequest>;
}

interface Catalogs extends Collection<Model.AccessPackageCatalog> {
  byAccessPackageCatalogId(id: string): Item<Model.AccessPackageCatalog> & {
    readonly resources: List<Model.AccessPackageResource>;
  };
}

interface IdentityGovernance {
  readonly entitlementManagement: {
    readonly accessPackageAssignmentApprovals: Approvals;
    readonly accessPackages: Packages;
    readonly assignmentPolicies: Collection<Model.AccessPackageAssignmentPolicy> & {
      byAccessPackageAssignmentPolicyId(id: string): Item<Model.AccessPackageAssignmentPolicy>;
    };
    readonly assignmentRequests: AssignmentRequests;
    readonly assignments: List<Model.AccessPackageAssignment> & OfCurrentUser<Model.AccessPackageAssignment>;
    readonly catalogs: Catalogs;
    readonly resourceRequests: Collection<Model.AccessPackageResourceRequest>;
  };
  readonly privilegedAccess: {
    readonly group: {
      readonly assignmentApprovals: Approvals;
      readonly assignmentScheduleInstances: List<Model.PrivilegedAccessGroupAssignmentScheduleInstance> &
        OfCurrentUser<Model.PrivilegedAccessGroupAssignmentScheduleInstance>;
      readonly assignmentScheduleRequests: Collection<Model.PrivilegedAccessGroupAssignmentScheduleRequest> &
        OfCurrentUser<Model.PrivilegedAccessGroupAssignmentScheduleRequest>;
      readonly eligibilityScheduleInstances: List<Model.PrivilegedAccessGroupEligibilityScheduleInstance> &
        OfCurrentUser<Model.PrivilegedAccessGroupEligibilityScheduleInstance>;
    };
  };
}

interface RoleManagement {
  readonly directory: {
    readonly roleAssignmentScheduleInstances: List<Model.UnifiedRoleAssignmentScheduleInstance> &
      OfCurrentUser<Model.UnifiedRoleAssignmentScheduleInstance>;
    readonly roleAssignmentScheduleRequests: Collection<Model.UnifiedRoleAssignmentScheduleRequest>;
    readonly roleDefinitions: List<Model.UnifiedRoleDefinition>;
    readonly roleEligibilityScheduleInstances: List<Model.UnifiedRoleEligibilityScheduleInstance> &
      OfCurrentUser<Model.UnifiedRoleEligibilityScheduleInstance>;
    readonly roleEligibilityScheduleRequests: Collection<Model.UnifiedRoleEligibilityScheduleRequest>;
  };
}

interface Policies {
  readonly roleManagementPolicies: List<Model.UnifiedRoleManagementPolicy> & {
    byUnifiedRoleManagementPolicyId(id: string): Item<Model.UnifiedRoleManagementPolicy> & {
      readonly rules: List<Model.UnifiedRoleManagementPolicyRule> & {
        byUnifiedRoleManagementPolicyRuleId(id: string): Item<Model.UnifiedRoleManagementPolicyRule>;
      };
    };
  };
  readonly roleManagementPolicyAssignments: List<Model.UnifiedRoleManagementPolicyAssignment>;
}

declare module '@microsoft/msgraph-sdk' {
  interface GraphServiceClient {
    readonly groups: Groups;
    readonly identityGovernance: IdentityGovernance;
    readonly roleManagement: RoleManagement;
    readonly policies: Policies;
  }
}

/** A collection with `filterByCurrentUser`, and its items. */
function shared(path: string, type: string, by?: [name: string, key: string]): NavigationMetadata {
  return collection(path, type, {
    filterByCurrentUserWithOn: filterByCurrentUser(path, type),
    ...(by === undefined ? {} : { [by[0]]: items(path, by[1], type) }),
  });
}

function approvals(path: string): NavigationMetadata {
  return collection(path, 'approval', {
    filterByCurrentUserWithOn: filterByCurrentUser(path, 'approval'),
    byApprovalId: items(path, 'approval%2Did', 'approval', (one) => ({
      stages: collection(`${one}/stages`, 'approvalStage', {
        byApprovalStageId: items(`${one}/stages`, 'approvalStage%2Did', 'approvalStage'),
      }),
    })),
  });
}

const groups = '{+baseurl}/groups';
const entitlements = '{+baseurl}/identityGovernance/entitlementManagement';
const pim = '{+baseurl}/identityGovernance/privilegedAccess/group';
const directory = '{+baseurl}/roleManagement/directory';
const policies = '{+baseurl}/policies/roleManagementPolicies';
const packages = `${entitlements}/accessPackages`;
const catalogs = `${entitlements}/catalogs`;

const inPim = (name: string, type: string) => shared(`${pim}/${name}`, `privilegedAccessGroup${type}`);
const inRoles = (name: string, type: string) => shared(`${directory}/${name}`, `unifiedRole${type}`);

extendGraphServiceClient({
  groups: collection(groups, 'group', {
    byGroupId: items(groups, 'group%2Did', 'group', (one) => ({
      members: collection(`${one}/members`, 'directoryObject', { ref: references(`${one}/members`) }),
    })),
  }),
  identityGovernance: {
    navigationMetadata: {
      entitlementManagement: {
        navigationMetadata: {
          accessPackageAssignmentApprovals: approvals(`${entitlements}/accessPackageAssignmentApprovals`),
          accessPackages: collection(packages, 'accessPackage', {
            filterByCurrentUserWithOn: filterByCurrentUser(packages, 'accessPackage'),
            byAccessPackageId: items(packages, 'accessPackage%2Did', 'accessPackage', (one) => ({
              resourceRoleScopes: collection(`${one}/resourceRoleScopes`, 'accessPackageResourceRoleScope'),
            })),
          }),
          assignmentPolicies: shared(`${entitlements}/assignmentPolicies`, 'accessPackageAssignmentPolicy', [
            'byAccessPackageAssignmentPolicyId',
            'accessPackageAssignmentPolicy%2Did',
          ]),
          assignmentRequests: shared(`${entitlements}/assignmentRequests`, 'accessPackageAssignmentRequest', [
            'byAccessPackageAssignmentRequestId',
            'accessPackageAssignmentRequest%2Did',
          ]),
          assignments: shared(`${entitlements}/assignments`, 'accessPackageAssignment'),
          catalogs: collection(catalogs, 'accessPackageCatalog', {
            byAccessPackageCatalogId: items(catalogs, 'accessPackageCatalog%2Did', 'accessPackageCatalog', (one) => ({
              resources: collection(`${one}/resources`, 'accessPackageResource'),
            })),
          }),
          resourceRequests: shared(`${entitlements}/resourceRequests`, 'accessPackageResourceRequest'),
        },
      },
      privilegedAccess: {
        navigationMetadata: {
          group: {
            navigationMetadata: {
              assignmentApprovals: approvals(`${pim}/assignmentApprovals`),
              assignmentScheduleInstances: inPim('assignmentScheduleInstances', 'AssignmentScheduleInstance'),
              assignmentScheduleRequests: inPim('assignmentScheduleRequests', 'AssignmentScheduleRequest'),
              eligibilityScheduleInstances: inPim('eligibilityScheduleInstances', 'EligibilityScheduleInstance'),
            },
          },
        },
      },
    },
  },
  roleManagement: {
    navigationMetadata: {
      directory: {
        navigationMetadata: {
          roleAssignmentScheduleInstances: inRoles('roleAssignmentScheduleInstances', 'AssignmentScheduleInstance'),
          roleAssignmentScheduleRequests: inRoles('roleAssignmentScheduleRequests', 'AssignmentScheduleRequest'),
          roleDefinitions: collection(`${directory}/roleDefinitions`, 'unifiedRoleDefinition'),
          roleEligibilityScheduleInstances: inRoles('roleEligibilityScheduleInstances', 'EligibilityScheduleInstance'),
          roleEligibilityScheduleRequests: inRoles('roleEligibilityScheduleRequests', 'EligibilityScheduleRequest'),
        },
      },
    },
  },
  policies: {
    navigationMetadata: {
      roleManagementPolicies: collection(policies, 'unifiedRoleManagementPolicy', {
        byUnifiedRoleManagementPolicyId: items(
          policies,
          'unifiedRoleManagementPolicy%2Did',
          'unifiedRoleManagementPolicy',
          (one) => ({
            rules: collection(`${one}/rules`, 'unifiedRoleManagementPolicyRule', {
              byUnifiedRoleManagementPolicyRuleId: items(
                `${one}/rules`,
                'unifiedRoleManagementPolicyRule%2Did',
                'unifiedRoleManagementPolicyRule',
              ),
            }),
          }),
        ),
      }),
      roleManagementPolicyAssignments: collection(
        '{+baseurl}/policies/roleManagementPolicyAssignments',
        'unifiedRoleManagementPolicyAssignment',
      ),
    },
  },
});
