import { demandDecider } from '../../../approval/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { checkAnswers, checkEditing, mergedAnswers, type SentAnswer } from '../../policy/questions.ts';
import { found } from '../../refusals.ts';
import { loadRequest, saveAnswers } from '../store.ts';
import { packageApproverPorts } from './approvers.ts';
import { record } from './record.ts';

/**
 * Whoever could decide the open stage of a request puts answers right before they decide (`PATCH
 * /assignmentRequests/{id}`; Entra: "Update request answers by approver"), by the questions as they were asked, and only
 * where those let answers be changed. Refuses as `demandDecider`, `checkAnswers` and `checkEditing` do.
 */
export async function changeAnswers(tx: Tx, id: Id, sent: readonly SentAnswer[]): Promise<void> {
  const request = found(await loadRequest(tx.db(), id), 'assignment request', id);
  await demandDecider(tx, request.id, packageApproverPorts);
  const { questions } = request.snapshot;
  const optional = questions.map((question) => ({ ...question, isRequired: false }));
  const answers = orRefuse(checkAnswers(optional, sent));
  orRefuse(checkEditing(questions, request.answers, answers));
  const merged = mergedAnswers([request.answers, answers]);
  await saveAnswers(tx.db(), request.id, merged);
  await record(tx, 'answersUpdatedByApprover', request, { data: { before: request.answers, answers, after: merged } });
}
