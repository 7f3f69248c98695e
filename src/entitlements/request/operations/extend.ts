import { isUsable } from '../../../directory/index.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { Assignment, Term } from '../../assignment/model.ts';
import { limitsOf } from '../../assignment/operations/deliver.ts';
import { moveEndOf } from '../../assignment/operations/extend.ts';
import { loadAnswers, loadAssignment, saveAnswers } from '../../assignment/store.ts';
import { mergedAnswers } from '../../policy/questions.ts';
import { decideExtension, decideKeeping } from '../extension.ts';
import type { AssignmentRequest } from '../model.ts';

/**
 * Moves the end as it was asked for, once nobody has to decide any more, or leaves it where only answers change. What
 * ended meanwhile stays ended.
 */
export async function fulfilUpdate(tx: Tx, request: AssignmentRequest): Promise<Outcome<Assignment>> {
  const decided = await updateTerm(tx, request);
  if (decided.is === 'refused') return decided;
  const { assignment, term } = decided.value;
  const answers = mergedAnswers([await loadAnswers(tx.db(), assignment.id), request.answers]);
  await saveAnswers(tx.db(), assignment.id, answers);
  return accept(term === null ? assignment : await moveEndOf(tx, assignment, term, request.snapshot.packageName));
}

/** Where the end of an assignment would move now as it was asked for; a null term leaves it. Nothing is saved. */
export async function updateTerm(
  tx: Tx,
  request: AssignmentRequest,
): Promise<Outcome<{ readonly assignment: Assignment; readonly term: Term | null }>> {
  const assignment = request.assignmentId === null ? null : await loadAssignment(tx.db(), request.assignmentId);
  if (assignment === null) return refuse('conflict', 'AssignmentEnded', 'The assignment has gone.');
  if (!(await isUsable(tx, assignment.targetId))) {
    return refuse('conflict', 'TargetNotUsable', 'The account is disabled or deleted.');
  }
  const { expiration, endsBy = 'policy', keepsEnd = false } = request.snapshot;
  const limits = await limitsOf(tx, request.snapshot.contents);
  const mayShorten = request.requestType === 'adminUpdate';
  const term = keepsEnd
    ? decideKeeping(assignment, tx.now)
    : decideExtension(assignment, { expiration, endsBy, limits, mayShorten }, tx.now);
  return term.is === 'refused' ? term : accept({ assignment, term: term.value });
}
