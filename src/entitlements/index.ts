import type { GraphFace } from '../graph/declaration.ts';
import type { Runtime, Tx } from '../platform/transaction.ts';
import { assignedPackages, assignmentEnds, assignmentSets, assignmentTargets } from './assignment/entity.ts';
import { catalogSets } from './catalog/entity.ts';
import { initialiseCatalogs } from './catalog/operations.ts';
import { catalogRoutes } from './catalog/routes.ts';
import { connectedSets } from './connected/entity.ts';
import { connectedRoutes } from './connected/routes.ts';
import { contentsRoutes } from './contents/routes.ts';
import { delegationSets } from './delegation/entity.ts';
import { initialiseRoles } from './delegation/operations/roles.ts';
import { delegationMounts, delegationRoutes } from './delegation/routes.ts';
import { dutyRoutes } from './duties/routes.ts';
import { explainRoutes } from './explain/routes.ts';
import { lifecycleRoutes } from './lifecycle/routes.ts';
import { offers, offerTargets } from './offer/entity.ts';
import { packageSets } from './package/entity.ts';
import { packageRoutes } from './package/routes.ts';
import { ownPolicies, policySets } from './policy/entity.ts';
import { ownPolicyRoutes, policyRoutes } from './policy/routes.ts';
import { reachabilityRoutes } from './reachability/routes.ts';
import { requestSets } from './request/entity.ts';
import { requestRoutes } from './request/routes.ts';
import { root } from './root.ts';

export { entitlementActivities } from './activities.ts';
export { packagesOf } from './assignment/operations/end.ts';
export { loadLiveAssignments as liveAssignments } from './assignment/store.ts';
export {
  endOfAssignment,
  foreseeCancellation,
  packageCase,
  packageRequest,
  readsPackage,
} from './case/operations.ts';
export { catalogsOf, type RequestAbout, requestsAbout } from './concerned/store.ts';
export { opened } from './contents/contract.ts';
export { picture } from './contents/operations.ts';
export { delegatedTo } from './delegation/operations/authority.ts';
export { type PackageDesign, packageDesigns } from './design/operations.ts';
export { entitlementDue } from './due.ts';
export { decideDuties, type Excluding } from './duties/decisions.ts';
export { packageName } from './package/store.ts';
export { isSilent } from './policy/store.ts';
export { requestState } from './request/machine.ts';
export type { AssignmentRequest } from './request/model.ts';
export { foreseeApproverRemove } from './request/operations/approver-remove.ts';
export { packageApproverPorts } from './request/operations/approvers.ts';
export { loadWaiting as waitingRequests } from './request/store.ts';
export { loadRequestsAbout } from './story/store.ts';
export { entitlementSubscribers } from './subscribers.ts';

/** Makes what is there from the start: the catalog *General*, and the roles. For every start of a server. */
export async function initialiseEntitlements(tx: Tx): Promise<void> {
  await initialiseCatalogs(tx);
  await initialiseRoles(tx);
}

/** The first door in Graph: catalogs, packages, policies, requests, approvals, assignments. */
export function entitlementGraph(runtime: Runtime): GraphFace {
  return {
    sets: [
      ...catalogSets,
      ...packageSets,
      ...policySets,
      ...requestSets,
      ...assignmentSets,
      ...delegationSets,
      ...connectedSets,
    ],
    mounts: {
      [`${root}/catalogs`]: 'catalogs',
      [`${root}/resources`]: 'entitlementResources',
      [`${root}/resourceRequests`]: 'resourceRequests',
      [`${root}/resourceEnvironments`]: 'resourceEnvironments',
      [`${root}/resourceRoleScopes`]: 'resourceRoleScopes',
      [`${root}/accessPackages`]: 'accessPackages',
      [`${root}/assignmentPolicies`]: 'assignmentPolicies',
      [`${root}/assignmentRequests`]: 'assignmentRequests',
      [`${root}/assignments`]: 'assignments',
      [`${root}/accessPackageAssignmentApprovals`]: 'accessPackageAssignmentApprovals',
      [`${root}/subjects`]: 'subjects',
      [`${root}/settings`]: { set: 'entitlementManagementSettings' },
      ...delegationMounts,
      [`${root}/connectedOrganizations`]: 'connectedOrganizations',
    },
    // As *Reprocess* and *Get accessPackageAssignmentPolicy* of v1.0 write them, and others of their age.
    oldPaths: {
      [`${root}/accessPackageAssignments`]: `${root}/assignments`,
      [`${root}/accessPackageAssignmentPolicies`]: `${root}/assignmentPolicies`,
      [`${root}/accessPackageAssignmentRequests`]: `${root}/assignmentRequests`,
      [`${root}/accessPackageResourceRequests`]: `${root}/resourceRequests`,
      [`${root}/accessPackageCatalogs`]: `${root}/catalogs`,
    },
    operations: [
      ...catalogRoutes(runtime),
      ...packageRoutes(runtime),
      ...dutyRoutes(runtime),
      ...policyRoutes(runtime),
      ...requestRoutes(runtime),
      ...delegationRoutes(runtime),
      ...connectedRoutes(runtime),
      ...lifecycleRoutes(runtime),
    ],
  };
}

/** What Graph has no word for at the first door, under `/sallyport/`. */
export function ownEntitlements(runtime: Runtime): GraphFace {
  return {
    sets: [ownPolicies, assignmentEnds, assignmentTargets, assignedPackages, offers, offerTargets],
    mounts: {
      '/assignmentPolicies': 'assignmentPolicies',
      '/assignments': 'assignments',
      '/accessPackages': 'offers',
    },
    operations: [
      ...ownPolicyRoutes(runtime),
      ...explainRoutes(runtime),
      ...reachabilityRoutes(runtime),
      ...contentsRoutes(runtime),
    ],
  };
}
