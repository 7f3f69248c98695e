import { isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { progressOf } from '../progress.ts';
import { type ApprovalTables, loadApproval, loadApprovers, markReminded } from '../store.ts';
import { type ApproverPorts, refreshApprovers } from './approvers.ts';
import { announceEscalation } from './escalate.ts';
import { record, stageData, timesData } from './record.ts';

/** Tells once a stage of everybody who can decide it now that it still waits. Nothing follows from it but mails. */
export async function remind(tx: Tx, approvalId: string, ports: ApproverPorts): Promise<void> {
  const approval = await loadApproval(tx.db<ApprovalTables>(), approvalId);
  if (approval === null) return;
  const state = progressOf(approval, tx.now);
  if (state.is !== 'pending' || !isBefore(tx.now, state.deadline)) return;
  await announceEscalation(tx, approval);
  await refreshApprovers(tx, approval, ports);
  if (!(await markReminded(tx.db<ApprovalTables>(), approval.id, state.stage))) return;
  await record(tx, approval, 'reminded', {
    ...(await stageData(tx, approval, state.stage)),
    ...timesData(state),
    remindedIds: await loadApprovers(tx.db<ApprovalTables>(), approval.id, state.stage, tx.now),
  });
}
