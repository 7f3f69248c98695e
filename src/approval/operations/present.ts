import type { Id } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Approval } from '../model.ts';
import { type ApprovalTables, loadApproval } from '../store.ts';

/** An approval that there is. Refuses with `ApprovalNotFound` (404). */
export async function present(tx: Tx, id: Id): Promise<Approval> {
  const approval = await loadApproval(tx.db<ApprovalTables>(), id);
  return approval ?? refuseNow('absent', 'ApprovalNotFound', 'There is no approval with this id.');
}
