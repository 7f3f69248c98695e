import { decideStage, withdrawApproval } from '../../../approval/index.ts';
import { approverPorts } from '../../../directory/index.ts';
import { endGrants, grantById, loadPowers } from '../../../grants/index.ts';
import { isCaller } from '../../../kernel/caller.ts';
import { type Id, isId } from '../../../kernel/ids.ts';
import { refuseNow } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { activationEvent, assignmentEvent } from '../../activities.ts';
import { policyOf } from '../../policy/operations.ts';
import { approvalRule } from '../../policy/requirements.ts';
import { loadRules } from '../../policy/store.ts';
import { mayCancel, moved } from '../machine.ts';
import { defaultApproverRoles, type ScheduleRequest } from '../model.ts';
import { loadRequest, type RequestTables, updateRequest } from '../store.ts';
import { startApproved, timeOut } from './activate.ts';
import { moveOn } from './answer.ts';
import { authoriseAdministrator } from './assign.ts';
import { recordRequest } from './record.ts';

/** A decision about a pending activation. */
export interface ActivationDecision {
  readonly requestId: Id;
  readonly stageId: Id;
  readonly decision: 'approve' | 'deny';
  readonly justification: string;
}

/**
 * Decides a pending activation as the caller; the first decision resolves it. An approved one starts in this very
 * transaction. Refuses with `ApprovalNotFound` (404) and as `decideStage` does.
 */
export async function decideActivationRequest(
  tx: Tx,
  decision: ActivationDecision,
  isExpected: (request: ScheduleRequest) => boolean,
): Promise<void> {
  const request = isId(decision.requestId) ? await loadRequest(tx.db<RequestTables>(), decision.requestId) : null;
  if (request === null || !isExpected(request))
    return refuseNow('absent', 'ApprovalNotFound', 'There is no approval with this id.');
  if (!(await mayDecideByOffice(tx, request))) {
    return refuseNow('forbidden', 'NotAnApprover', 'Only who is still an administrator of roles decides by default.');
  }
  const { stageId, justification } = decision;
  const approval = await decideStage(tx, {
    approvalId: request.id,
    stageId,
    decision: decision.decision,
    justification,
    ports: approverPorts,
  });
  if (approval.is === 'approved') return startApproved(tx, request);
  if (approval.is !== 'denied') throw new Error(`A decided activation is ${approval.is}`);
  const state = moved(request.state, { is: 'denied', at: tx.now });
  await updateRequest(tx.db<RequestTables>(), { ...request, state });
  await recordRequest(tx, activationEvent(request.privilege.kind, 'denied'), request, { reason: justification });
}

/**
 * Where the policy named nobody, the administrators of roles decide: whoever was one when the request was made, and
 * is one still.
 */
async function mayDecideByOffice(tx: Tx, request: ScheduleRequest): Promise<boolean> {
  const { kind, id } = request.privilege;
  if (kind !== 'role') return true;
  const rules = await loadRules(tx, (await policyOf(tx, kind, id)).id, request.createdAt);
  if ((approvalRule(rules).setting.approvalStages[0]?.primaryApprovers ?? []).length > 0) return true;
  const { roles } = await loadPowers(tx.db<unknown>(), tx.caller, tx.now);
  return defaultApproverRoles.some((role) => roles.has(role));
}

/** Those of some approvals of activations that are the caller's to decide by their office, where it takes one. */
export async function decidableByOffice(tx: Tx, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  const { roles } = await loadPowers(tx.db<unknown>(), tx.caller, tx.now);
  if (defaultApproverRoles.some((role) => roles.has(role))) return new Set(ids);
  const decidable = new Set<Id>();
  for (const id of ids) {
    const request = await loadRequest(tx.db<RequestTables>(), id);
    if (request !== null && (await mayDecideByOffice(tx, request))) decidable.add(id);
  }
  return decidable;
}

/**
 * Cancels a request: while it waits for an approval, or before what was granted starts. The requestor may, and
 * whoever administers the privilege. Refuses with `RoleAssignmentRequestNotFound` (404), `RequestNotCancelable` (400)
 * and `Authorization_RequestDenied` (403).
 */
export async function cancelRequest(
  tx: Tx,
  id: string,
  isExpected: (request: ScheduleRequest) => boolean,
): Promise<void> {
  const request = await cancellable(tx, id, isExpected);
  const { kind } = request.privilege;
  if (request.state.is === 'pendingAdminDecision') {
    return moveOn(tx, request, { is: 'canceled', at: tx.now }, 'Canceled', null);
  }
  const type =
    request.action === 'selfActivate'
      ? activationEvent(kind, 'canceled')
      : assignmentEvent(kind, request.mode, 'canceled');
  if (request.state.is === 'pendingApproval') await withdrawApproval(tx, request.id);
  const grant = request.grantId === null ? null : await grantById(tx, request.grantId);
  const state = moved(request.state, { is: 'canceled', at: tx.now });
  await updateRequest(tx.db<RequestTables>(), { ...request, state });
  await recordRequest(tx, type, request, { reason: null });
  if (grant !== null && request.state.is === 'granted') await endGrants(tx, [grant], 'removed');
}

/** The request that the caller would cancel; refuses where they may not or it cannot be. */
export async function cancellable(
  tx: Tx,
  id: string,
  isExpected: (request: ScheduleRequest) => boolean,
): Promise<ScheduleRequest> {
  const request = isId(id) ? await loadRequest(tx.db<RequestTables>(), id) : null;
  if (request === null || !isExpected(request)) {
    return refuseNow('absent', 'RoleAssignmentRequestNotFound', 'There is no request with this id.');
  }
  const isOwn = [request.principal.id, request.creator.id].some((id) => isCaller(tx.caller, id));
  if (!isOwn) await authoriseAdministrator(tx, request);
  if (!mayCancel(request.state, tx.now)) {
    return refuseNow(
      'invalid',
      'RequestNotCancelable',
      'Only a request that is pending, or granted but not started, can be canceled.',
    );
  }
  return request;
}

/** When the time to approve a request is over. */
export async function approvalTimeout(tx: Tx, requestId: string): Promise<void> {
  const request = await loadRequest(tx.db<RequestTables>(), requestId);
  if (request !== null) await timeOut(tx, request);
}
