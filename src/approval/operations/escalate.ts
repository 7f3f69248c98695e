import type { Tx } from '../../platform/transaction.ts';
import type { Approval } from '../model.ts';
import { deadlineOf, escalated } from '../progress.ts';
import { type ApprovalTables, loadAnnounced, loadApproval, markAnnounced } from '../store.ts';
import { type ApproverPorts, refreshApprovers } from './approvers.ts';
import { record, stageData } from './record.ts';

/**
 * Announces that a stage has escalated, once: when that falls due, or before something else is recorded of the
 * approval, whichever comes first. Alternates can decide from the instant itself, announced or not.
 */
export async function announceEscalation(tx: Tx, approval: Approval): Promise<void> {
  const now = escalated(approval, tx.now);
  const db = tx.db<ApprovalTables>();
  if (now === null || (await loadAnnounced(db, approval.id)) >= now.stage) return;
  await markAnnounced(db, approval.id, now.stage);
  const snapshot = approval.stages[now.stage - 1];
  const opensAt = approval.votes.find((vote) => vote.stage === now.stage - 1)?.at ?? approval.openedAt;
  await record(tx, approval, 'escalated', {
    ...(await stageData(tx, approval, now.stage)),
    escalatesAt: now.at.toString(),
    deadline: snapshot === undefined ? null : deadlineOf(snapshot, opensAt).toString(),
  });
}

/** The work that falls due when a stage escalates. */
export async function escalate(tx: Tx, approvalId: string, ports: ApproverPorts): Promise<void> {
  const approval = await loadApproval(tx.db<ApprovalTables>(), approvalId);
  if (approval === null) return;
  await announceEscalation(tx, approval);
  await refreshApprovers(tx, approval, ports);
}
