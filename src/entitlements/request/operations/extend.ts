import { isUsable } from '../../../directory/index.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { Assignment } from '../../assignment/model.ts';
import { limitsOf } from '../../assignment/operations/deliver.ts';
import { moveEndOf } from '../../assignment/operations/extend.ts';
import { loadAssignment } from '../../assignment/store.ts';
import { decideExtension } from '../extension.ts';
import type { AssignmentRequest } from '../model.ts';

/** Moves the end as it was asked for, once nobody has to decide any more. What ended meanwhile stays ended. */
export async function fulfilUpdate(tx: Tx, request: AssignmentRequest): Promise<Outcome<Assignment>> {
  const assignment = request.assignmentId === null ? null : await loadAssignment(tx.db(), request.assignmentId);
  if (assignment === null) return refuse('conflict', 'AssignmentEnded', 'The assignment has gone.');
  if (!(await isUsable(tx, assignment.targetId))) {
    return refuse('conflict', 'TargetNotUsable', 'The account is disabled or deleted.');
  }
  const { expiration, endsBy = 'policy', packageName } = request.snapshot;
  const limits = await limitsOf(tx, request.snapshot.contents);
  const mayShorten = request.requestType === 'adminUpdate';
  const term = decideExtension(assignment, { expiration, endsBy, limits, mayShorten }, tx.now);
  return term.is === 'refused' ? term : accept(await moveEndOf(tx, assignment, term.value, packageName));
}
