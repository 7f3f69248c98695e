import type { GraphFace } from '../graph/declaration.ts';
import type { Id } from '../kernel/ids.ts';
import type { Runtime } from '../platform/transaction.ts';
import { activationApprovalSets, approvalMounts } from './activation-approval/entity.ts';
import { approvalRoutes } from './activation-approval/routes.ts';
import { authenticationContexts, contextPath } from './authentication-context/entity.ts';
import { contextRoutes } from './authentication-context/routes.ts';
import { manageableGroups, policyMounts, policySets } from './policy/entity.ts';
import { managementRoutes, policyRoutes } from './policy/routes.ts';
import { requestMounts, requestSets } from './request/entity.ts';
import { answerRoutes, requestRoutes } from './request/routes.ts';
import { scheduleMounts, scheduleSets } from './schedule/entity.ts';
import { scheduleRoutes } from './schedule/routes.ts';

export { isDecidableByOffice } from './activation-approval/entity.ts';
export { privilegedActivities } from './activities.ts';
export {
  accessOfRequest,
  administersRequest,
  foreseeCancelling,
  readsRequests,
  scheduleRequest,
} from './case/operations.ts';
export { type ActivationDesign, activationDesigns } from './design/operations.ts';
export { privilegedDue } from './due.ts';
export {
  activationTerms,
  foreseeAsking,
  foreseeDeactivation,
  foreseeOwn,
  loadOwnFacts,
  type OwnFacts,
  renewableSince,
  waitingOf,
} from './foreseen/operations.ts';
export type { ActivationTerms } from './foreseen/terms.ts';
export { eligibilityLimit, isOnboarded, onboardGroup } from './policy/operations.ts';
export type { NotificationRule, RuleId } from './policy/rule.ts';
export { loadNotificationRule, loadOnboarded as onboardedAmong } from './policy/store.ts';
export { stateAt } from './request/machine.ts';
export type { ScheduleRequest } from './request/model.ts';
export { decidableByOffice } from './request/operations/decide.ts';
export { loadUndecided as undecidedRequests, privilegeOfRequest } from './request/store.ts';
export { scheduleReaders } from './schedule/entity.ts';
export { loadScheduleRequest, loadScheduleRequestsOf } from './story/store.ts';
export { privilegedSubscribers } from './subscribers.ts';

/** The second door in Graph: policies, schedules, requests and approvals of PIM. */
export function privilegedGraph(runtime: Runtime, tenantId: Id): GraphFace {
  return {
    sets: [...policySets, ...scheduleSets, ...requestSets, ...activationApprovalSets, authenticationContexts],
    mounts: {
      ...policyMounts,
      ...approvalMounts,
      [contextPath]: 'authenticationContextClassReferences',
      '/roleManagement/directory/roleAssignments': 'roleAssignments',
      ...Object.fromEntries([...scheduleMounts, ...requestMounts].map(({ path, set }) => [path, set])),
    },
    operations: [
      ...policyRoutes(runtime, tenantId),
      ...requestRoutes(runtime),
      ...scheduleRoutes(runtime),
      ...approvalRoutes(runtime),
      ...contextRoutes(runtime),
    ],
  };
}

/** What Graph has no word for: answers to requests for an extension or a renewal, and groups that come under PIM. */
export function ownPrivileged(runtime: Runtime): GraphFace {
  return {
    sets: [manageableGroups],
    mounts: { '/groups': manageableGroups.name },
    operations: [...answerRoutes(runtime), ...managementRoutes(runtime)],
  };
}
