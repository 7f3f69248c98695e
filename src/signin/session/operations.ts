import { newId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { TokenUser } from '../model.ts';
import { signinStore } from '../store.ts';
import { sessionStore } from './store.ts';

/**
 * Ends all that keeps a person signed in, on every node: sessions of browsers, and what the built-in provider keeps to
 * sign them in again, refresh tokens among it. Access tokens end by themselves. Recorded as Entra does.
 */
export async function signOutEverywhere(tx: Tx, user: TokenUser): Promise<void> {
  const db = tx.db<unknown>();
  await sessionStore(db).removeOfUser(user.id);
  await signinStore(db).removeRecordsOfAccount(user.id);
  await tx.record({
    type: 'user.signedOutEverywhere',
    subject: user.id,
    correlation: newId(),
    targets: [{ id: user.id, type: 'User' }],
  });
}
