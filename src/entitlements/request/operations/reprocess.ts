import { refuseSelfGrant } from '../../../grants/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { giveMissing } from '../../assignment/operations/deliver.ts';
import { record as recordAssignment } from '../../assignment/operations/record.ts';
import { loadAssignment } from '../../assignment/store.ts';
import { authoriseFor } from '../../delegation/operations/authority.ts';
import { loadPackage } from '../../package/store.ts';
import { found, reject } from '../../refusals.ts';
import { decideRedelivery, decideReprocessing } from '../reprocessing.ts';
import { loadRequest } from '../store.ts';
import { fulfilAgain } from './fulfil.ts';
import { record } from './record.ts';

/**
 * Tries again to deliver a request (`POST …/{id}/reprocess`), as an administrator: everything is checked anew. Refuses
 * with `RequestNotReprocessable` (400) and `SelfGrantNotAllowed` (403).
 */
export async function reprocessRequest(tx: Tx, id: Id): Promise<void> {
  const named = await loadRequest(tx.db(), id);
  await authoriseFor(tx, 'assignmentRequest.submitAsAdministrator', named?.packageId);
  const request = found(named, 'assignment request', id);
  orRefuse(decideReprocessing(request.state, tx.now));
  await refuseSelfGrant(tx, request.targetId, { kind: 'package', id: request.packageId });
  await record(tx, 'reprocessed', request);
  await fulfilAgain(tx, request, tx.now);
}

/**
 * Gives anew what somebody should have by an assignment and has not (`POST …/assignments/{id}/reprocess`), as an
 * administrator. Refuses with `AssignmentNotReprocessable` (400) and `SelfGrantNotAllowed` (403).
 */
export async function reprocessAssignment(tx: Tx, id: Id): Promise<void> {
  const named = await loadAssignment(tx.db(), id);
  await authoriseFor(tx, 'assignmentRequest.submitAsAdministrator', named?.packageId);
  const assignment = found(named, 'assignment', id);
  orRefuse(decideRedelivery(assignment, tx.now));
  await refuseSelfGrant(tx, assignment.targetId, { kind: 'package', id: assignment.packageId });
  const contents = await giveMissing(tx, assignment);
  const packageName = (await loadPackage(tx.db(), assignment.packageId))?.displayName ?? '';
  await recordAssignment(tx, 'assignment.reprocessed', assignment, { packageName, contents });
}

/**
 * Goes on with a request that waits for the callback of a custom extension (`POST …/{id}/resume`). There are none
 * here, so that no request ever waits for one: refused with `RequestNotAwaitingCallback` (400).
 */
export async function resumeRequest(tx: Tx, id: Id): Promise<void> {
  const named = await loadRequest(tx.db(), id);
  await authoriseFor(tx, 'assignmentRequest.submitAsAdministrator', named?.packageId);
  found(named, 'assignment request', id);
  reject('RequestNotAwaitingCallback', 'The request does not wait for the callback of a custom extension.');
}
