import { foreseeTakeBack, hasApproved, takeApprovalBack } from '../../../approval/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import { accept, type Outcome, orRefuse, refuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { endAssignment } from '../../assignment/operations/end.ts';
import { loadAssignment } from '../../assignment/store.ts';
import { found } from '../../refusals.ts';
import type { RequestBody } from '../contract.ts';
import { assignmentNamed, decideTakingBack } from '../removal.ts';
import { loadAddOf } from '../store.ts';
import { advance } from './advance.ts';
import { recordMade } from './record.ts';
import { saveRemoval } from './remove.ts';

/**
 * An approver takes back an approval that they gave (in preview in Entra): the assignment that came of it ends, with
 * all that it gave; a request that still waits for later approvers is denied. The assignment, there or
 * asked for, is named by its id, or by that of the request. Absent and not one's own look alike.
 * Refuses with `ResourceNotFound` (404), `JustificationRequired`, `AssignmentEnded` (400) and as `takeApprovalBack`.
 */
export async function approverRemove(tx: Tx, body: RequestBody): Promise<Id> {
  const id = orRefuse(assignmentNamed(body.assignment.id));
  const add = await loadAddOf(tx.db(), id);
  const isTheirs = add !== null && (await hasApproved(tx, add.id));
  const request = found(isTheirs ? add : null, 'assignment', id);
  const assignment = request.assignmentId === null ? null : await loadAssignment(tx.db(), request.assignmentId);
  const reason = orRefuse(decideTakingBack(body.justification ?? null, assignment, tx.now));
  if (assignment === null) {
    const approval = await takeApprovalBack(tx, request.id, reason);
    await advance(tx, request, approval);
    return request.id;
  }
  const removal = await saveRemoval(tx, 'approverRemove', assignment, reason);
  await recordMade(tx, 'approverRemoved', removal, { reason });
  await endAssignment(tx, assignment, 'removedByApprover', removal.snapshot.packageName);
  return removal.id;
}

/**
 * Whether the caller could take back, with a reason, what they approved of a request, by the functions that decide about
 * it; nothing is changed.
 */
export async function foreseeApproverRemove(tx: Tx, id: Id): Promise<Outcome<void>> {
  const add = await loadAddOf(tx.db(), id);
  if (add === null || !(await hasApproved(tx, add.id))) {
    return refuse('forbidden', 'ApprovalNotGiven', 'Only who has approved a stage of the request can take that back.');
  }
  if (add.assignmentId === null) return foreseeTakeBack(tx, add.id);
  const outcome = decideTakingBack('foreseen', await loadAssignment(tx.db(), add.assignmentId), tx.now);
  return outcome.is === 'accepted' ? accept(undefined) : outcome;
}
