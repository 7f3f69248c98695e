import { type ApprovalState, approvalState, decideStage, withdrawApproval } from '../../../approval/index.ts';
import { isCaller } from '../../../kernel/caller.ts';
import type { Id } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { deliver } from '../../assignment/operations.ts';
import { authoriseFor } from '../../delegation/operations/authority.ts';
import { refuseIncompatible } from '../../duties/operations.ts';
import { found } from '../../refusals.ts';
import { afterDelivery, cancel, type RequestState, remove, stepAfter } from '../machine.ts';
import type { AssignmentRequest } from '../model.ts';
import { loadRequest, markRequestDeleted, saveState } from '../store.ts';
import { packageApproverPorts } from './approvers.ts';
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
    return fulfil(tx, request);
  }
  await saveState(tx.db(), request.id, step.state, null);
  if (step.state.is === 'pendingApproval') {
    await tx.schedule({ kind: 'assignment-request.deadline', subject: request.id, at: step.state.until });
  }
  if (approval.is === 'denied') {
    await record(tx, 'denied', request, { data: { stage: approval.stage, deniedById: approval.by } });
  }
  if (approval.is === 'timedOut') await record(tx, 'timedOut', request, { data: { stage: approval.stage } });
  return step.state;
}

/** Delivers a request that nothing stands in the way of any more. */
export async function fulfil(tx: Tx, request: AssignmentRequest): Promise<RequestState> {
  const outcome = await deliver(tx, {
    packageId: request.packageId,
    packageName: request.snapshot.packageName,
    policyId: request.policyId,
    targetId: request.targetId,
    requestId: request.id,
    contents: request.snapshot.contents,
    expiration: request.snapshot.expiration,
    correlation: request.correlation,
  });
  const state = afterDelivery(outcome, tx.now);
  if (outcome.is === 'accepted') {
    const done = { ...request, assignmentId: outcome.value.id };
    await saveState(tx.db(), request.id, state, outcome.value.id);
    await record(tx, 'fulfilled', done, { data: { endsAt: outcome.value.endsAt?.toString() ?? null } });
  } else {
    await saveState(tx.db(), request.id, state, null);
    const { code, message } = outcome.refusal;
    await record(tx, 'failed', request, { data: { code, message } });
  }
  return state;
}

/** Writes down and announces that nobody decided in time. The request was denied at the deadline without this. */
export async function announceDeadline(tx: Tx, requestId: string): Promise<void> {
  const request = await loadRequest(tx.db(), requestId);
  if (request === null || request.state.is !== 'pendingApproval') return;
  const approval = await approvalState(tx, requestId);
  if (approval.is === 'timedOut') await advance(tx, request, approval);
}

/** Cancels a request that waits for approval (`POST …/{id}/cancel`). */
export async function cancelRequest(tx: Tx, id: Id): Promise<void> {
  const named = await loadRequest(tx.db(), id);
  await authoriseFor(tx, 'assignmentRequest.cancel', named?.packageId, relationsOf(tx, named));
  const request = found(named, 'assignment request', id);
  const state = orRefuse(cancel(request.state, tx.now));
  await withdrawApproval(tx, id);
  await saveState(tx.db(), id, state, null);
  await record(tx, 'canceled', request);
}

/** Deletes a request that has ended without an assignment (`DELETE …/{id}`). Its events stay. */
export async function deleteRequest(tx: Tx, id: Id): Promise<void> {
  const named = await loadRequest(tx.db(), id);
  await authoriseFor(tx, 'assignmentRequest.delete', named?.packageId);
  const request = found(named, 'assignment request', id);
  orRefuse(remove(request.state, request.assignmentId, tx.now));
  await markRequestDeleted(tx.db(), id, tx.now);
  await record(tx, 'deleted', request);
}

function relationsOf(tx: Tx, request: AssignmentRequest | null): 'requestor'[] {
  return request !== null && isCaller(tx.caller, request.requestorId) ? ['requestor'] : [];
}
