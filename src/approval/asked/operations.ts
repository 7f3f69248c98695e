import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { loadWaiting, type Waiting, wasEverAsked } from './store.ts';

/** The open stages that a person is asked to decide now, those to be decided first in front. */
export function waitingFor(tx: Tx, userId: Id): Promise<Waiting[]> {
  return loadWaiting(tx.db(), userId, tx.now);
}

/** Whether a person has, or ever had, something to decide. */
export function isApprover(tx: Tx, userId: Id): Promise<boolean> {
  return wasEverAsked(tx.db(), userId, tx.now);
}
