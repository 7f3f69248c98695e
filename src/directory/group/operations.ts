import { authorise, endGrants, openGrants } from '../../grants/index.ts';
import { type Id, isId, newId } from '../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { followRule, releaseFromRule } from '../dynamic-membership/operations.ts';
import { authoriseMembership, groupRelations, joinAuthorised } from '../member/operations/places.ts';
import { lostOwnership, restorePlaces } from '../member/operations/restoring.ts';
import { parseMembershipRule } from '../membership-rule/index.ts';
import { isRestorable } from '../object/model.ts';
import { found } from '../refusals.ts';
import {
  changedGroup,
  type GroupChange,
  groupTarget,
  mayBind,
  modifiedProperties,
  type NewGroup,
  newGroup,
} from './decisions.ts';
import type { Group, GroupAttributes } from './model.ts';
import {
  countDynamic,
  countRoleAssignable,
  insertGroup,
  isUniqueNameTaken,
  loadGroup,
  loadGroupByKey,
  markGroupDeleted,
  markGroupPurged,
  markGroupRestored,
  updateGroup,
} from './store.ts';

/** Ids of those who are to be members and owners, from `members@odata.bind` and `owners@odata.bind`. */
export interface Bound {
  readonly members?: readonly Id[];
  readonly owners?: readonly Id[];
}

/** Creates a group with its first members and owners (`POST /groups`); a dynamic one is filled at once. */
export async function createGroup(tx: Tx, asked: NewGroup, bound: Bound = {}): Promise<Group> {
  await authorise(tx, asked.isAssignableToRole === true ? 'group.createRoleAssignable' : 'group.create');
  const counts = { roleAssignable: await countRoleAssignable(tx), dynamic: await countDynamic(tx) };
  const attributes = orRefuse(newGroup(asked, counts));
  orRefuse(mayBind((bound.members?.length ?? 0) + (bound.owners?.length ?? 0)));
  if (attributes.membershipRule !== null) orRefuse(parseMembershipRule(attributes.membershipRule));
  await refuseTakenName(tx, attributes.uniqueName);
  const id = newId();
  const correlation = newId();
  await insertGroup(tx, id, attributes);
  const group = found(await loadGroup(tx, id), id);
  await tx.record({
    type: 'group.created',
    subject: id,
    correlation,
    targets: [{ ...groupTarget(group), modifiedProperties: modifiedProperties(null, attributes) }],
  });
  await bind(tx, group, bound, correlation);
  await followRule(tx, group, correlation);
  return group;
}

/** Changes a group (`PATCH /groups/{id}`), and adds members and owners that are bound. Gives the group's id. */
export async function changeGroup(tx: Tx, key: string, change: GroupChange, bound: Bound = {}): Promise<Id> {
  const group = found(await loadGroupByKey(tx, key), key);
  const relations = await groupRelations(tx, group.id);
  await authorise(tx, group.isAssignableToRole ? 'group.updateRoleAssignable' : 'group.update', relations);
  const changes = orRefuse(changedGroup(group, change));
  orRefuse(mayBind((bound.members?.length ?? 0) + (bound.owners?.length ?? 0)));
  const correlation = newId();
  if (Object.keys(changes).length > 0) await saveChanges(tx, group, changes, correlation);
  if ((bound.members?.length ?? 0) + (bound.owners?.length ?? 0) > 0) {
    const changed = found(await loadGroup(tx, group.id), key);
    if ((bound.members?.length ?? 0) > 0) await authoriseMembership(tx, changed, 'member');
    if ((bound.owners?.length ?? 0) > 0) await authoriseMembership(tx, changed, 'owner');
    await bind(tx, changed, bound, correlation);
  }
  return group.id;
}

/**
 * Changes the group of a unique name, or creates it if there is none (`PATCH /groups(uniqueName='…')` with
 * `Prefer: create-if-missing`). Gives the id of a group that it created, otherwise null. Refuses as both do, and with
 * `PropertyRequired` where a new group would lack what every group has.
 * Source: https://learn.microsoft.com/graph/api/group-upsert.
 */
export async function upsertGroup(tx: Tx, key: string, asked: GroupChange, bound: Bound = {}): Promise<Id | null> {
  if (isId(key) || (await loadGroupByKey(tx, key)) !== null) {
    await changeGroup(tx, key, asked, bound);
    return null;
  }
  const { displayName, mailEnabled, mailNickname, securityEnabled } = asked;
  const group = await createGroup(
    tx,
    {
      ...asked,
      displayName: needed(displayName, 'displayName'),
      mailEnabled: needed(mailEnabled, 'mailEnabled'),
      mailNickname: needed(mailNickname, 'mailNickname'),
      securityEnabled: needed(securityEnabled, 'securityEnabled'),
      uniqueName: key,
    },
    bound,
  );
  return group.id;
}

function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) refuseNow('invalid', 'PropertyRequired', `A new group has to have ${name}.`, name);
  return value;
}

/** Deletes a group softly: all that it holds and all places in it end (`DELETE /groups/{id}`). */
export async function deleteGroup(tx: Tx, key: string): Promise<void> {
  const group = found(await loadGroupByKey(tx, key), key);
  const relations = await groupRelations(tx, group.id);
  await authorise(tx, group.isAssignableToRole ? 'group.deleteRoleAssignable' : 'group.delete', relations);
  // First, so that nobody is put into it by what follows from the ends.
  await markGroupDeleted(tx, group.id);
  await endGrants(tx, await openGrants(tx, { principal: group.id }), 'deleted');
  await endGrants(tx, await openGrants(tx, { privilege: group.id }), 'deleted');
  await tx.record({ type: 'group.deleted', subject: group.id, correlation: newId(), targets: [groupTarget(group)] });
}

/**
 * Brings a deleted group back with the members and owners that were assigned by hand. Its owners may do so too.
 * Roles that it held stay gone (`POST /directory/deletedItems/{id}/restore`).
 */
export async function restoreGroup(tx: Tx, id: Id): Promise<void> {
  const group = await deletedGroup(tx, id);
  const deletedAt = group.deletedAt ?? tx.now;
  const correlation = newId();
  await markGroupRestored(tx, id);
  const relations = await lostOwnership(tx, id, deletedAt);
  await authorise(tx, group.isAssignableToRole ? 'group.deleteRoleAssignable' : 'group.delete', relations);
  await tx.record({ type: 'group.restored', subject: id, correlation, targets: [groupTarget(group)] });
  await restorePlaces(tx, { id, kind: 'group', deletedAt }, correlation);
  await followRule(tx, { ...group, deletedAt: null }, correlation);
}

/** Deletes a deleted group for good (`DELETE /directory/deletedItems/{id}`). */
export async function purgeGroup(tx: Tx, id: Id): Promise<void> {
  const group = await deletedGroup(tx, id);
  await authorise(tx, group.isAssignableToRole ? 'group.deleteRoleAssignable' : 'group.delete');
  await markGroupPurged(tx, id);
  await tx.record({ type: 'group.purged', subject: id, correlation: newId(), targets: [groupTarget(group)] });
}

async function saveChanges(tx: Tx, group: Group, changes: Partial<GroupAttributes>, correlation: Id): Promise<void> {
  const { membershipRule } = changes;
  if (membershipRule !== undefined && membershipRule !== null) orRefuse(parseMembershipRule(membershipRule));
  await refuseTakenName(tx, changes.uniqueName ?? null);
  await updateGroup(tx, group.id, changes);
  const changed = found(await loadGroup(tx, group.id), group.id);
  await tx.record({
    type: 'group.updated',
    subject: group.id,
    correlation,
    targets: [{ ...groupTarget(changed), modifiedProperties: modifiedProperties(group, changes) }],
    data: { changed: Object.keys(changes) },
  });
  if (group.isDynamic && !changed.isDynamic) await releaseFromRule(tx, changed, correlation);
  await followRule(tx, changed, correlation);
}

async function bind(tx: Tx, group: Group, bound: Bound, correlation: Id): Promise<void> {
  for (const id of new Set(bound.owners)) await joinAuthorised(tx, group, id, 'owner', correlation);
  for (const id of new Set(bound.members)) await joinAuthorised(tx, group, id, 'member', correlation);
}

async function refuseTakenName(tx: Tx, uniqueName: string | null): Promise<void> {
  if (uniqueName === null || !(await isUniqueNameTaken(tx, uniqueName))) return;
  refuseNow(
    'invalid',
    'Request_BadRequest',
    `Another object with the same value for property uniqueName already exists: '${uniqueName}'.`,
    'uniqueName',
  );
}

async function deletedGroup(tx: Tx, id: Id): Promise<Group> {
  const group = await loadGroup(tx, id);
  return found(group !== null && isRestorable(group.deletedAt, tx.now) ? group : null, id);
}
