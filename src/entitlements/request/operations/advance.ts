import { type ApprovalState, approvalState, decideStage } from '../../../approval/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { refuseIncompatible } from '../../duties/operations.ts';
import { found } from '../../refusals.ts';
import { type RequestState, stepAfter } from '../machine.ts';
import type { AssignmentRequest } from '../model.ts';
import { loadRequest, saveState } from '../store.ts';
import { packageApproverPorts } from './approvers.ts';
import { proceed } from './fulfil.ts';
import { record } from './record.ts';

/** An approver's decision about a stage. */
export interface Decision {
  readonly requestId: Id;
  readonly stageId: Id;
  readonly decision: 'approve' | 'deny';
  readonly justification: string;
}

/**
 * Decides a stage as the caller, and does in the same transaction what follows: the next stage opens, the access is
 * there, or the request has ended. Refuses as `decideStage` does.
 */
export async function decideRequest(tx: Tx, asked: Decision): Promise<RequestState> {
  const request = found(await loadRequest(tx.db(), asked.requestId), 'approval', asked.requestId);
  const { stageId, decision, justification } = asked;
  const approval = await decideStage(tx, {
    approvalId: request.id,
    stageId,
    decision,
    justification,
    ports: packageApproverPorts,
  });
  // A decision that nobody could act on is not taken: the vote is undone, and the request waits as before.
  if (decision === 'approve') await refuseIncompatible(tx, request);
  return advance(tx, request, approval);
}

/** Brings a request to where its approval has come: it waits on, is delivered, or has ended. */
export async function advance(tx: Tx, request: AssignmentRequest, approval: ApprovalState): Promise<RequestState> {
  const step = stepAfter(approval);
  if (step.is === 'deliver') {
    await record(tx, 'approved', request);
    return proceed(tx, request);
  }
  await saveState(tx.db(), request.id, step.state, request.assignmentId);
  if (step.state.is === 'pendingApproval') {
    await tx.schedule({ kind: 'assignment-request.deadline', subject: request.id, at: step.state.until });
  }
  if (approval.is === 'denied') {
    await record(tx, 'denied', request, { data: { stage: approval.stage, deniedById: approval.by } });
  }
  if (approval.is === 'timedOut') await record(tx, 'timedOut', request, { data: { stage: approval.stage } });
  return step.state;
}

/** Writes down and announces that nobody decided in time. The request was denied at the deadline without this. */
export async function announceDeadline(tx: Tx, requestId: string): Promise<void> {
  const request = await loadRequest(tx.db(), requestId);
  if (request === null || request.state.is !== 'pendingApproval') return;
  const approval = await approvalState(tx, requestId);
  if (approval.is === 'timedOut') await advance(tx, request, approval);
}
