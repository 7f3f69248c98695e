import { type Id, newId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { TokenUser } from '../model.ts';
import { peopleStore } from '../people/store.ts';
import { signinStore } from '../store.ts';
import { sessionStore } from './store.ts';

/**
 * Ends all that keeps a person signed in, on every node, as `endEverything` says. Recorded as Entra does.
 */
export async function signOutEverywhere(tx: Tx, user: TokenUser): Promise<void> {
  await endEverything(tx, user.id);
  await tx.record({
    type: 'user.signedOutEverywhere',
    subject: user.id,
    correlation: newId(),
    targets: [{ id: user.id, type: 'User' }],
  });
}

/**
 * Ends what a person was given so far, for good: sessions of browsers, what the built-in provider keeps to sign them in
 * again (sessions, grants, refresh tokens, codes, also of devices), and every access token that comes to this API.
 */
export async function endEverything(tx: Tx, userId: Id): Promise<void> {
  const db = tx.db<unknown>();
  await sessionStore(db).removeOfUser(userId);
  await signinStore(db).removeRecordsOfAccount(userId);
  await peopleStore(db).revokeTokens(userId, tx.realNow);
}
