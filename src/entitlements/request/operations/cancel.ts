import { withdrawApproval } from '../../../approval/index.ts';
import { isCaller } from '../../../kernel/caller.ts';
import type { Id } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { authoriseFor } from '../../delegation/operations/authority.ts';
import { found } from '../../refusals.ts';
import { cancel, type RequestState, remove } from '../machine.ts';
import type { AssignmentRequest } from '../model.ts';
import { loadRequest, markRequestDeleted, saveState } from '../store.ts';
import { record } from './record.ts';

/**
 * Cancels a request (`POST …/{id}/cancel`): its requestor while it waits for approval or its start; an administrator
 * one that could not be delivered, too.
 */
export async function cancelRequest(tx: Tx, id: Id): Promise<void> {
  const { request, state } = await cancellation(tx, id);
  if (request.state.is === 'pendingApproval') await withdrawApproval(tx, id);
  await saveState(tx.db(), id, state, request.assignmentId);
  await record(tx, 'canceled', request);
}

/** The request that the caller would cancel, and how it would stand then; refuses where they may not or it cannot be. */
export async function cancellation(
  tx: Tx,
  id: Id,
): Promise<{ readonly request: AssignmentRequest; readonly state: RequestState }> {
  const named = await loadRequest(tx.db(), id);
  const isOwn = named !== null && named.state.is !== 'deliveryFailed' && isCaller(tx.caller, named.requestorId);
  await authoriseFor(tx, 'assignmentRequest.cancel', named?.packageId, isOwn ? ['requestor'] : []);
  const request = found(named, 'assignment request', id);
  return { request, state: orRefuse(cancel(request.state, isOwn ? 'requestor' : 'administrator', tx.now)) };
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
