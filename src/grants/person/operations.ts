import { type Id, newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsTogether, decideLink, decideUnlink, type Person } from './model.ts';
import { groupReaches, loadLinks, loadWindows, saveLinks } from './store.ts';

/**
 * All accounts of the human whom an account belongs to, itself included. With `since`, those too that were linked at
 * any instant since then.
 */
export async function accountsOfPerson(tx: Tx, id: Id, since: Instant = tx.now): Promise<ReadonlySet<Id>> {
  return accountsTogether(await loadWindows(tx.db<unknown>(), id, since), id);
}

/** All accounts of the human who calls, or the app that does; none for Sallyport itself. */
export async function accountsOfCaller(tx: Tx): Promise<ReadonlySet<Id>> {
  return tx.caller.kind === 'system' ? new Set() : accountsOfPerson(tx, tx.caller.id);
}

/**
 * Whether what is given to a principal reaches the human who calls: it is an account of theirs, or a group that one
 * of their accounts is in or owns, or may come to.
 */
export async function reachesCaller(tx: Tx, principalId: Id): Promise<boolean> {
  const own = await accountsOfCaller(tx);
  if (own.has(principalId)) return true;
  return own.size > 0 && groupReaches(tx.db<unknown>(), principalId, [...own], tx.now);
}

/** Somebody's accounts that are linked now; null if there is no such person. */
export async function loadPerson(tx: Tx, personId: Id): Promise<Person | null> {
  const links = await loadLinks(tx.db<unknown>(), personId, []);
  return links.length === 0 ? null : { id: personId, accountIds: links.map((link) => link.accountId) };
}

/**
 * Says that accounts are one human's, or changes which ones are. Who may is the business of the caller.
 * Refuses as `decideLink` and `decideUnlink` say.
 */
export async function linkAccounts(tx: Tx, accountIds: readonly Id[], before: Person | null = null): Promise<Id> {
  const id = before?.id ?? newId();
  const wanted = orRefuse(decideLink(accountIds, id, await loadLinks(tx.db<unknown>(), id, accountIds)));
  if (before !== null) orRefuse(decideUnlink(before, wanted, await accountsOfCaller(tx)));
  await saveLinks(tx, id, wanted);
  await record(tx, before === null ? 'linked-accounts.created' : 'linked-accounts.updated', id, before, wanted);
  return id;
}

/** Says that accounts are no longer one human's. Refuses as `decideUnlink` says. */
export async function unlinkAccounts(tx: Tx, person: Person): Promise<void> {
  orRefuse(decideUnlink(person, [], await accountsOfCaller(tx)));
  await saveLinks(tx, person.id, []);
  await record(tx, 'linked-accounts.deleted', person.id, person, []);
}

async function record(
  tx: Tx,
  type: 'linked-accounts.created' | 'linked-accounts.updated' | 'linked-accounts.deleted',
  personId: Id,
  before: Person | null,
  accountIds: readonly Id[],
): Promise<void> {
  const concerned = new Set([...(before?.accountIds ?? []), ...accountIds]);
  await tx.record({
    type,
    subject: personId,
    correlation: newId(),
    targets: [{ id: personId, type: 'LinkedAccounts' }, ...[...concerned].map((id) => ({ id, type: 'User' }))],
    data: { before: before?.accountIds ?? [], accountIds },
  });
}
