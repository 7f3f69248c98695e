export { grantActivities, grantEvent } from './activities.ts';
export { reachOf, type Way } from './effective/model.ts';
export { describeWays, endedOf, endOfGrant, type NamePorts, waysOf } from './effective/operations.ts';
export { ownAccess } from './effective/routes.ts';
export {
  type Binding,
  bindingEnd,
  boundBy,
  type EndBound,
  type Ending,
  plannedReasons,
} from './ending.ts';
export { loadBases, loadHanging } from './hanging/store.ts';
export { loadHeld } from './held/store.ts';
export {
  endingReasons,
  endOf,
  type Grant,
  isLive,
  type Link,
  type Mode,
  type NewGrant,
  type Path,
  type PrincipalKind,
  type Privilege,
  type PrivilegeKind,
} from './model.ts';
export { setAccount } from './operations/account.ts';
export { announceExpiry } from './operations/announce.ts';
export { authorise, loadPowers, refuseSelfGrant } from './operations/authority.ts';
export { endGrants, endHangingOn } from './operations/end.ts';
export { extendGrant, giveGrant } from './operations/give.ts';
export { planEndOfHanging } from './operations/leave.ts';
export { expiredGrants, grantById, liveGrants, openGrants, pathsTo, stayIn } from './operations/read.ts';
export { shortenGrant } from './operations/shorten.ts';
export type { Person } from './person/model.ts';
export {
  accountsOfCaller,
  accountsOfPerson,
  linkAccounts,
  loadPerson,
  unlinkAccounts,
} from './person/operations.ts';
export { linksNow } from './person/store.ts';
export { loadStandings, type Standing } from './standing/store.ts';
export {
  accountUsableAt,
  groupsOf,
  holdersAt,
  isAccountUsable,
  ledger,
  liveAt,
  loadUserHolders,
  membersOf,
  wasEverGiven,
} from './store.ts';
export { loadOwners, loadRolesOfGroups, loadRoleWays } from './ways/store.ts';
