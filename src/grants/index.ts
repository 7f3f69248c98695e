export { grantActivities, grantEvent } from './activities.ts';
export {
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
export { authorise, loadPowers, refuseSelfGrant } from './operations/authority.ts';
export {
  announceExpiry,
  endGrants,
  endHangingOn,
  extendGrant,
  giveGrant,
  grantById,
  liveGrants,
  openGrants,
  pathsTo,
  setAccount,
} from './operations.ts';
export {
  accountUsableAt,
  groupsOf,
  holdersAt,
  isAccountUsable,
  ledger,
  liveAt,
  membersOf,
} from './store.ts';
