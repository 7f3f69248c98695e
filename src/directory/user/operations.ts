import type { AccessOperation } from '../../access/index.ts';
import {
  accountsOfCaller,
  authorise,
  endGrants,
  isAccountUsable,
  openGrants,
  refuseSelfGrant,
  setAccount,
} from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { followRules } from '../dynamic-membership/operations.ts';
import { restorePlaces } from '../member/operations/restoring.ts';
import { isRestorable } from '../object/model.ts';
import { isProtected } from '../object/store.ts';
import { found } from '../refusals.ts';
import {
  changesOf,
  emptyUser,
  isSensitive,
  mayManage,
  modifiedProperties,
  type UserChange,
  userTarget,
} from './decisions.ts';
import type { User } from './model.ts';
import {
  insertUser,
  isNameTaken,
  loadManager,
  loadReports,
  loadUser,
  loadUserByKey,
  markUserDeleted,
  markUserPurged,
  markUserRestored,
  saveManager,
  updateUser,
} from './store.ts';

/** A user to be made. What is left out is empty, and the account is enabled unless said otherwise. */
export type NewUser = UserChange & {
  readonly userPrincipalName: string;
  readonly displayName: string;
  /** Only the rehearsal and the tests choose an id. */
  readonly id?: Id;
};

/** Creates a user (`POST /users`). */
export async function createUser(tx: Tx, asked: NewUser): Promise<User> {
  await authorise(tx, 'user.create');
  return addUser(tx, asked, newId());
}

/** Adds a user for somebody whose right to do so has been established. */
export async function addUser(tx: Tx, asked: NewUser, correlation: Id): Promise<User> {
  const { id = newId(), ...change } = asked;
  const empty = emptyUser(asked.userPrincipalName, asked.displayName);
  const attributes = { ...empty, ...orRefuse(changesOf(empty, change)) };
  orRefuse(
    changesOf(emptyUser('', ''), { userPrincipalName: asked.userPrincipalName, displayName: asked.displayName }),
  );
  await refuseTakenName(tx, attributes.userPrincipalName);
  await insertUser(tx, id, attributes);
  await setAccount(tx, id, asked.accountEnabled ?? true);
  const user = await present(tx, id);
  await tx.record({
    type: 'user.created',
    subject: id,
    correlation,
    targets: [{ ...userTarget(user), modifiedProperties: modifiedProperties(null, attributes) }],
  });
  await followRules(tx, id, correlation);
  return user;
}

/** Changes a user's attributes (`PATCH /users/{id}`); dynamic memberships follow at once. Gives the user's id. */
export async function changeUser(tx: Tx, key: string, change: UserChange): Promise<Id> {
  const user = found(await loadUserByKey(tx, key), key);
  await authorise(tx, 'user.update');
  const changes = orRefuse(changesOf(user, change));
  const enabled = change.accountEnabled === user.accountEnabled ? undefined : change.accountEnabled;
  await authoriseForProtected(tx, user, 'user.updatePrivileged', {
    ...changes,
    ...(enabled === undefined ? {} : { accountEnabled: enabled }),
  });
  const { userPrincipalName } = changes;
  if (userPrincipalName !== undefined && userPrincipalName.toLowerCase() !== user.userPrincipalName.toLowerCase()) {
    await refuseTakenName(tx, userPrincipalName);
  }
  const correlation = newId();
  await updateUser(tx, user.id, changes);
  const modified = modifiedProperties(user, changes);
  if (enabled !== undefined) {
    modified.push({ displayName: 'accountEnabled', oldValue: `${user.accountEnabled}`, newValue: `${enabled}` });
  }
  if (modified.length === 0) return user.id;
  const targets = [{ ...userTarget({ ...user, ...changes }), modifiedProperties: modified }];
  await tx.record({
    type: 'user.updated',
    subject: user.id,
    correlation,
    targets,
    data: { changed: changedNames(modified) },
  });
  if (enabled !== undefined) await switchAccount(tx, user, enabled, correlation);
  await followRules(tx, user.id, correlation);
  return user.id;
}

/** Deletes a user softly: everything that they hold ends (`DELETE /users/{id}`). */
export async function deleteUser(tx: Tx, key: string): Promise<void> {
  const user = found(await loadUserByKey(tx, key), key);
  await authorise(tx, 'user.delete');
  await authoriseForProtected(tx, user, 'user.deletePrivileged');
  await removeUser(tx, user, newId());
}

/** Deletes a user softly for somebody whose right to do so has been established. */
export async function removeUser(tx: Tx, user: User, correlation: Id): Promise<void> {
  // First, so that whoever follows the ends knows why they came.
  await markUserDeleted(tx, user);
  await endGrants(tx, await openGrants(tx, { principal: user.id }), 'deleted');
  await setAccount(tx, user.id, false);
  await tx.record({ type: 'user.deleted', subject: user.id, correlation, targets: [userTarget(user)] });
  await followReports(tx, user.id, correlation);
}

/**
 * Brings a deleted user back: the account as it was, and the places in groups that were assigned by hand, other than
 * in role-assignable groups (`POST /directory/deletedItems/{id}/restore`).
 */
export async function restoreUser(tx: Tx, id: Id): Promise<void> {
  const user = await deletedUser(tx, id);
  await authorise(tx, 'user.delete');
  await refuseTakenName(tx, user.userPrincipalName);
  const correlation = newId();
  await markUserRestored(tx, id);
  await setAccount(tx, id, user.accountEnabled);
  await tx.record({ type: 'user.restored', subject: id, correlation, targets: [userTarget(user)] });
  await restorePlaces(tx, { id, kind: 'user', deletedAt: user.deletedAt ?? tx.now }, correlation);
  await followRules(tx, id, correlation);
  await followReports(tx, id, correlation);
}

/** Deletes a deleted user for good (`DELETE /directory/deletedItems/{id}`). */
export async function purgeUser(tx: Tx, id: Id): Promise<void> {
  const user = await deletedUser(tx, id);
  await authorise(tx, 'user.delete');
  await markUserPurged(tx, id);
  await tx.record({ type: 'user.purged', subject: id, correlation: newId(), targets: [userTarget(user)] });
}

/** Makes somebody a user's manager (`PUT /users/{id}/manager/$ref`). */
export async function setManager(tx: Tx, key: string, managerKey: string): Promise<void> {
  const user = found(await loadUserByKey(tx, key), key);
  await authorise(tx, 'user.update');
  const manager = found(await loadUserByKey(tx, managerKey), managerKey);
  await refuseOwnManagers(tx, user.id);
  orRefuse(mayManage(manager, user));
  await moveManager(tx, user, manager.id);
}

/** Takes a user's manager away (`DELETE /users/{id}/manager/$ref`); refuses with 404 if there is none. */
export async function removeManager(tx: Tx, key: string): Promise<void> {
  const user = found(await loadUserByKey(tx, key), key);
  await authorise(tx, 'user.update');
  found(await loadManager(tx, user.id), 'manager');
  await refuseOwnManagers(tx, user.id);
  await moveManager(tx, user, null);
}

/** How far up managers decide: the highest `managerLevel` of Graph. */
const managerLevels = 4;

/**
 * INVARIANT: nobody chooses who decides about them: neither their manager nor their managers' managers, be it for
 * another account of theirs.
 */
async function refuseOwnManagers(tx: Tx, userId: Id): Promise<void> {
  for (const account of await accountsOfCaller(tx)) {
    let person: Id | null = account;
    for (let level = 0; level < managerLevels && person !== null; level += 1) {
      if (person === userId) return refuseSelfGrant(tx, account, { kind: 'manager', id: userId });
      person = await loadManager(tx, person);
    }
  }
}

/** Whether a user exists, is not deleted, and has an account that may be used. */
export async function isUsable(tx: Tx, userId: Id): Promise<boolean> {
  const user = await loadUser(tx, userId);
  return user !== null && user.deletedAt === null && isAccountUsable(tx.db<unknown>(), userId, tx.now);
}

async function moveManager(tx: Tx, user: User, managerId: Id | null): Promise<void> {
  const before = await loadManager(tx, user.id);
  if (before === managerId) return;
  await saveManager(tx, user.id, managerId);
  const correlation = newId();
  const modified = [{ displayName: 'manager', oldValue: before, newValue: managerId }];
  await tx.record({
    type: 'user.managerChanged',
    subject: user.id,
    correlation,
    targets: [{ ...userTarget(user), modifiedProperties: modified }],
    data: { before, managerId },
  });
  await followRules(tx, user.id, correlation);
}

/** A manager who goes or comes back changes what rules say of their direct reports. */
async function followReports(tx: Tx, managerId: Id, correlation: Id): Promise<void> {
  for (const report of await loadReports(tx, managerId)) await followRules(tx, report, correlation);
}

/** Shuts an account for somebody whose right to do so has been established; nothing if it is shut. */
export async function blockUser(tx: Tx, user: User, correlation: Id): Promise<void> {
  if (!user.accountEnabled) return;
  const modified = [{ displayName: 'accountEnabled', oldValue: 'true', newValue: 'false' }];
  await tx.record({
    type: 'user.updated',
    subject: user.id,
    correlation,
    targets: [{ ...userTarget(user), modifiedProperties: modified }],
    data: { changed: changedNames(modified) },
  });
  await switchAccount(tx, user, false, correlation);
  await followRules(tx, user.id, correlation);
}

async function switchAccount(tx: Tx, user: User, enabled: boolean, correlation: Id): Promise<void> {
  await setAccount(tx, user.id, enabled);
  const type = enabled ? 'user.enabled' : 'user.disabled';
  await tx.record({ type, subject: user.id, correlation, targets: [userTarget(user)] });
}

/** Sensitive changes of a privileged account, and its deletion, need more than a User Administrator. */
async function authoriseForProtected(
  tx: Tx,
  user: User,
  operation: AccessOperation,
  change?: UserChange,
): Promise<void> {
  if (change !== undefined && !isSensitive(change)) return;
  if (!(await isProtected(tx, user.id))) return;
  await authorise(tx, operation);
  // Somebody shut this account: its owner does not open it again with another one.
  if (change?.accountEnabled === true) await refuseSelfGrant(tx, user.id, { kind: 'account', id: user.id });
}

async function refuseTakenName(tx: Tx, userPrincipalName: string): Promise<void> {
  if (!(await isNameTaken(tx, userPrincipalName))) return;
  refuseNow(
    'invalid',
    'Request_BadRequest',
    `Another object with the same value for property userPrincipalName already exists: '${userPrincipalName}'.`,
    'userPrincipalName',
  );
}

async function deletedUser(tx: Tx, id: Id): Promise<User> {
  const user = await loadUser(tx, id);
  return found(user !== null && isRestorable(user.deletedAt, tx.now) ? user : null, id);
}

async function present(tx: Tx, id: Id): Promise<User> {
  return found(await loadUser(tx, id), id);
}

function changedNames(modified: readonly { readonly displayName: string }[]): string[] {
  return modified.map(({ displayName }) => displayName);
}
