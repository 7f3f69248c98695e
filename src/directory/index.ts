export type { Group } from './group/model.ts';
export { loadGroup } from './group/store.ts';
export { mayJoin } from './member/decisions.ts';
export { addMember, groupRelations, type NewMember } from './member/operations/places.ts';
export type { DirectoryPrincipal } from './object/model.ts';
export { isIn as isMemberOf, loadPrincipal, loadUsersIn as usersIn } from './object/store.ts';
export {
  initialiseTenant,
  type NewTenant,
  registerServicePrincipal,
} from './organization/operations.ts';
export { loadOrganization, type Organization } from './organization/store.ts';
export type { RoleDefinition } from './role/model.ts';
export { loadRole, loadRoleIds } from './role/store.ts';
export type { User } from './user/model.ts';
export { isUsable } from './user/operations.ts';
export { loadManager as managerOf, loadPeople, loadUser, type Person } from './user/store.ts';
