import { accountsOfPerson } from '../grants/index.ts';
import type { GraphFace } from '../graph/declaration.ts';
import type { Id } from '../kernel/ids.ts';
import type { Runtime, Subscriber, Tx } from '../platform/transaction.ts';
import type { DueHandler } from '../platform/worker.ts';
import { onMembershipChanged, onRuleTurned, ruleTurned } from './dynamic-membership/operations.ts';
import { deletedGroups, groups } from './group/entity.ts';
import { groupRoutes } from './group/routes.ts';
import { ownLinkedAccounts } from './linked-account/routes.ts';
import { ownMembershipRules } from './membership-trial/routes.ts';
import { deletedItems, directoryObjects } from './object/entity.ts';
import { objectRoutes } from './object/routes.ts';
import { loadGroupsAround, loadUsersIn } from './object/store.ts';
import { organization, servicePrincipals } from './organization/entity.ts';
import { onAppChanged, onAppDeleted, onAppRegistered, onAppSwitched } from './organization/operations.ts';
import { directoryRoles, directoryRoleTemplates, roleDefinitions } from './role/entity.ts';
import { roleRoutes } from './role/routes.ts';
import { sponsorsOf } from './sponsor/operations.ts';
import { deletedUsers, managers, users } from './user/entity.ts';
import { isUsable } from './user/operations.ts';
import { userRoutes } from './user/routes.ts';
import { loadManager } from './user/store.ts';

export { directoryActivities } from './activities.ts';
export type { Group } from './group/model.ts';
export { assignedGroups, loadGroup } from './group/store.ts';
export { domainOfGuest, isGuestUser } from './guest/model.ts';
export { guestDomain, isGuest } from './guest/store.ts';
export { mayJoin } from './member/decisions.ts';
export { enteredByOneself, entering } from './member/operations/entering.ts';
export { addMember, groupRelations } from './member/operations/places.ts';
export {
  isIn as isMemberOf,
  isProtected as isProtectedUser,
  leadsToPrivilege,
  loadPrincipal,
  loadPrivileged as privilegedAmong,
  loadUsersIn as usersIn,
  nameTargets,
} from './object/store.ts';
export { initialiseTenant } from './organization/operations.ts';
export { hasOrganization } from './organization/store.ts';
export { peersOf, people, reportsTo } from './peers/store.ts';
export { loadAccounts, loadPrivilegedRoles, loadRoleGroups } from './privileged/store.ts';
export { actionsIn, type RoleDefinitionBody, roleDefinitionBody } from './role/contract.ts';
export { loadRole, loadRoleIds, roleNames } from './role/store.ts';
export {
  checkMembershipRule,
  followsMemberships,
  isTakenInBy,
  nextTurnOf,
  takenInBy,
} from './rule-scope/operations.ts';
export { peopleAmong } from './sponsor/store.ts';
export type { User } from './user/model.ts';
export { blockUser, isUsable, removeUser } from './user/operations.ts';
export { findPeople, loadPeople, loadUser, loadUserByKey, loadUserIdsByAddress, userNames } from './user/store.ts';

/** What Graph has no word for in the directory, under `/sallyport/`. */
export function ownDirectory(runtime: Runtime): readonly GraphFace[] {
  return [ownLinkedAccounts(runtime), ownMembershipRules(runtime)];
}

/**
 * Where approvals look people up: both doors hand it to them. The directory knows no connected organizations; the first
 * door does (`packageApproverPorts`).
 */
export const approverPorts = {
  managerOf: loadManager,
  usersIn: loadUsersIn,
  groupsAround: loadGroupsAround,
  isUsable,
  accountsOf: accountsOfPerson,
  sponsorsOf,
  connectedSponsorsOf: async (_tx: Tx, _userId: Id, _side: 'internal' | 'external'): Promise<Id[]> => [],
};

/** Graph's users, groups, directory objects, roles, service principals and the organization. */
export function directoryGraph(runtime: Runtime): GraphFace {
  return {
    sets: [
      users,
      managers,
      deletedUsers,
      groups,
      deletedGroups,
      directoryObjects,
      deletedItems,
      roleDefinitions,
      directoryRoles,
      directoryRoleTemplates,
      servicePrincipals,
      organization,
    ],
    mounts: {
      '/users': 'users',
      '/groups': 'groups',
      '/directoryObjects': 'directoryObjects',
      '/directory/deletedItems': 'deletedItems',
      '/roleManagement/directory/roleDefinitions': 'roleDefinitions',
      '/directoryRoles': 'directoryRoles',
      '/directoryRoleTemplates': 'directoryRoleTemplates',
      '/servicePrincipals': 'servicePrincipals',
      '/organization': 'organization',
    },
    operations: [...userRoutes(runtime), ...groupRoutes(runtime), ...roleRoutes(runtime), ...objectRoutes(runtime)],
  };
}

/** What the directory does in the transaction of others' events. */
export const directorySubscribers: ReadonlyMap<string, readonly Subscriber[]> = new Map([
  ['app.registered', [onAppRegistered]],
  ['app.updated', [onAppChanged]],
  ['app.enabled', [onAppSwitched]],
  ['app.disabled', [onAppSwitched]],
  ['app.deleted', [onAppDeleted]],
  ['group-member.active.given', [onMembershipChanged]],
  ['group-member.active.ended', [onMembershipChanged]],
  ['group-member.active.expired', [onMembershipChanged]],
]);

/** What the directory does as time passes. */
export const directoryDue: ReadonlyMap<string, DueHandler> = new Map([[ruleTurned, onRuleTurned]]);
