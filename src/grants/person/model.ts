import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refused, refuse } from '../../kernel/outcome.ts';

/** Somebody with several accounts: a normal one and one for administration, say. */
export interface Person {
  readonly id: Id;
  readonly accountIds: readonly Id[];
}

/** Accounts of one human at most: more are a mistake. */
export const accountsAtMost = 20;

/** One window in which an account was a person's. */
export interface AccountWindow {
  readonly personId: Id;
  readonly accountId: Id;
}

/**
 * All accounts of the human whom an account belongs to, itself included: whoever shares a person with it, and whoever
 * shares one with them. An account that is linked to none is alone.
 */
export function accountsTogether(windows: readonly AccountWindow[], accountId: Id): ReadonlySet<Id> {
  const accounts = new Set([accountId]);
  const people = new Set<Id>();
  for (let before = -1; before < accounts.size + people.size; ) {
    before = accounts.size + people.size;
    for (const one of windows) {
      if (accounts.has(one.accountId)) people.add(one.personId);
      if (people.has(one.personId)) accounts.add(one.accountId);
    }
  }
  return accounts;
}

/**
 * Whether these accounts can be said to be one human's. Refused with `LinkedAccountsNotValid` (400) unless there are
 * 2 to 20 different ones, and with `AccountAlreadyLinked` (409) if one of them is already another's.
 */
export function decideLink(
  accountIds: readonly Id[],
  personId: Id,
  windows: readonly AccountWindow[],
): Outcome<readonly Id[]> {
  const wanted = [...new Set(accountIds)];
  if (wanted.length < 2 || wanted.length > accountsAtMost) {
    const message = `Name 2 to ${accountsAtMost} different accounts that one human has.`;
    return refuse('invalid', 'LinkedAccountsNotValid', message, 'accountIds');
  }
  const taken = windows.find((one) => one.personId !== personId && wanted.includes(one.accountId));
  if (taken === undefined) return accept(wanted);
  const message = `The account ${taken.accountId} is linked to others already (${taken.personId}). Change that link.`;
  return refuse('conflict', 'AccountAlreadyLinked', message, 'accountIds');
}

/**
 * Whether accounts can be taken out of a link. Nobody unlinks their own: they would be two humans from then on.
 * Refused with `OwnAccountsNotUnlinkable` (403).
 */
export function decideUnlink(before: Person, after: readonly Id[], own: ReadonlySet<Id>): Outcome<void> {
  const leaves = before.accountIds.some((id) => !after.includes(id));
  return leaves && before.accountIds.some((id) => own.has(id)) ? ownAccounts() : accept(undefined);
}

function ownAccounts(): Refused {
  return refuse(
    'forbidden',
    'OwnAccountsNotUnlinkable',
    'Nobody unlinks accounts of their own. Another administrator has to.',
  );
}
