import { authorise } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { newId } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { deleteGroup, purgeGroup, restoreGroup } from '../group/operations.ts';
import { loadGroup, loadGroupByKey } from '../group/store.ts';
import { found } from '../refusals.ts';
import { loadRole, markRoleActivated } from '../role/store.ts';
import { deleteUser, purgeUser, restoreUser } from '../user/operations.ts';
import { loadUser, loadUserByKey } from '../user/store.ts';
import { loadGroupsAbove, loadPrincipal, loadRolesAbove } from './store.ts';

/** Which transitive memberships are asked for. */
export interface MembershipQuery {
  readonly of: 'user' | 'group' | 'any';
  readonly securityEnabledOnly?: boolean;
  /** Directory roles as well as groups. */
  readonly withRoles: boolean;
}

/** Ids of the groups (and roles) that an object belongs to, directly or through groups. */
export async function membershipsOf(tx: Tx, key: string, query: MembershipQuery): Promise<Id[]> {
  await authoriseReading(tx);
  const id = await idOf(tx, key, query.of);
  const groups = await loadGroupsAbove(tx, id, query.securityEnabledOnly ?? false);
  return query.withRoles ? [...groups, ...(await loadRolesAbove(tx, id))] : groups;
}

/** Of some ids, those of groups (and roles) that an object belongs to. */
export async function checkMemberships(tx: Tx, key: string, ids: readonly Id[], query: MembershipQuery): Promise<Id[]> {
  const held = new Set(await membershipsOf(tx, key, query));
  return [...new Set(ids.map((id) => id.toLowerCase()))].filter((id) => held.has(id));
}

/** Brings back a deleted user or group. Gives its id. */
export async function restoreObject(tx: Tx, id: Id): Promise<void> {
  if ((await loadUser(tx, id)) !== null) return restoreUser(tx, id);
  found(await loadGroup(tx, id), id);
  await restoreGroup(tx, id);
}

/** Deletes a deleted user or group for good. */
export async function purgeObject(tx: Tx, id: Id): Promise<void> {
  if ((await loadUser(tx, id)) !== null) return purgeUser(tx, id);
  found(await loadGroup(tx, id), id);
  await purgeGroup(tx, id);
}

/** Deletes a user or a group softly (`DELETE /directoryObjects/{id}`). */
export async function deleteObject(tx: Tx, id: Id): Promise<void> {
  const principal = found(await loadPrincipal(tx, id), id);
  if (principal.kind === 'user') return deleteUser(tx, id);
  if (principal.kind === 'group') return deleteGroup(tx, id);
  refuseNow(
    'invalid',
    'Request_BadRequest',
    'Service principals are removed with the registration of their application, not here.',
  );
}

/** Switches a directory role on for the legacy collection (`POST /directoryRoles`). */
export async function activateRole(tx: Tx, templateId: Id): Promise<void> {
  const role = found(await loadRole(tx, templateId), templateId);
  await authorise(tx, 'roleAssignment.manage');
  if (!(await markRoleActivated(tx, templateId))) {
    refuseNow(
      'conflict',
      'Request_MultipleObjectsWithSameKeyValue',
      `The directory role '${role.displayName}' is active already. Read it with GET /directoryRoles.`,
      'roleTemplateId',
    );
  }
  const targets = [{ id: role.id, type: 'Role', displayName: role.displayName }];
  await tx.record({ type: 'directory-role.activated', subject: role.id, correlation: newId(), targets });
}

async function authoriseReading(tx: Tx): Promise<void> {
  await authorise(tx, 'directory.read', tx.caller.kind === 'user' ? ['anyone'] : []);
}

async function idOf(tx: Tx, key: string, of: MembershipQuery['of']): Promise<Id> {
  if (of === 'user') return found(await loadUserByKey(tx, key), key).id;
  if (of === 'group') return found(await loadGroupByKey(tx, key), key).id;
  return found(await loadPrincipal(tx, key), key).id;
}
