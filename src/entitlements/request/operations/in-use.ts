import type { Id } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadLiveAssignments } from '../../assignment/store.ts';
import { hasPending } from '../store.ts';

/** Whether somebody has a package, or waits for it; or does so by one policy. */
export async function isInUse(tx: Tx, of: { readonly packageId: Id } | { readonly policyId: Id }): Promise<boolean> {
  if ((await loadLiveAssignments(tx.db(), of, tx.now)).length > 0) return true;
  return hasPending(tx.db(), of, tx.now);
}
