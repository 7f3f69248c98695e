import { type Outcome, refuse } from '../../../kernel/outcome.ts';
import { type Instant, isBefore, parseInstant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { Assignment } from '../../assignment/model.ts';
import { deliver } from '../../assignment/operations/deliver.ts';
import { loadAnswers } from '../../assignment/store.ts';
import { admits } from '../../policy/model.ts';
import { afterDelivery, type RequestState } from '../machine.ts';
import { type AssignmentRequest, isUpdate } from '../model.ts';
import { loadRequest, saveState } from '../store.ts';
import { loadStanding } from './asking.ts';
import { fulfilUpdate } from './extend.ts';
import { record } from './record.ts';

/** Goes on with a request that nobody has to decide any more: it waits for its start, or is delivered now. */
export async function proceed(tx: Tx, request: AssignmentRequest): Promise<RequestState> {
  const { startDateTime } = request.snapshot;
  const start = startDateTime ? parseInstant(startDateTime) : null;
  if (start === null || !isBefore(tx.now, start)) return fulfil(tx, request, tx.now);
  const state: RequestState = { is: 'scheduled', from: start };
  await saveState(tx.db(), request.id, state, request.assignmentId);
  await tx.schedule({ kind: 'assignment-request.start', subject: request.id, at: start });
  await record(tx, 'scheduled', request, { data: { startsAt: start.toString() } });
  return state;
}

/**
 * Starts what was scheduled, if everything still stands: account, package, what it gives, and the policy's scope as it
 * was when it was asked for. Nothing starts without this, and a late start is not a longer one.
 */
export async function startScheduled(tx: Tx, requestId: string): Promise<void> {
  const request = await loadRequest(tx.db(), requestId);
  if (request?.state.is !== 'scheduled' || isBefore(tx.now, request.state.from)) return;
  await fulfilAgain(tx, request, request.state.from);
}

/** Delivers what was approved some time ago, after a second look at whether the person is still one to have it. */
export async function fulfilAgain(tx: Tx, request: AssignmentRequest, from: Instant): Promise<RequestState> {
  const { scope } = request.snapshot;
  const isOut =
    scope !== undefined &&
    scope.allowedTargetScope !== 'notSpecified' &&
    !admits(scope, await loadStanding(tx, request.targetId, [scope]));
  if (!isOut) return fulfil(tx, request, from);
  return conclude(tx, request, refuse('conflict', 'TargetNotInScope', 'The policy is no longer for this person.'));
}

/** Delivers a request that nothing stands in the way of any more; durations count from an instant. */
async function fulfil(tx: Tx, request: AssignmentRequest, from: Instant): Promise<RequestState> {
  if (isUpdate(request.requestType)) return conclude(tx, request, await fulfilUpdate(tx, request));
  await record(tx, 'readied', request);
  const outcome = await deliver(tx, {
    ...(request.askedAssignmentId === null ? {} : { id: request.askedAssignmentId }),
    packageId: request.packageId,
    packageName: request.snapshot.packageName,
    policyId: request.policyId,
    targetId: request.targetId,
    requestId: request.id,
    contents: request.snapshot.contents,
    answers: request.answers,
    expiration: request.snapshot.expiration,
    endsBy: request.snapshot.endsBy ?? 'policy',
    from,
    correlation: request.correlation,
  });
  return conclude(tx, request, outcome);
}

/** Writes down what came of the attempt to deliver. */
async function conclude(tx: Tx, request: AssignmentRequest, outcome: Outcome<Assignment>): Promise<RequestState> {
  const state = afterDelivery(outcome, tx.now);
  if (outcome.is === 'accepted') {
    const done = { ...request, assignmentId: outcome.value.id };
    await saveState(tx.db(), request.id, state, outcome.value.id);
    // What an update has changed besides the end: the answers, as the assignment has them now.
    const answers = isUpdate(request.requestType) ? { answers: await loadAnswers(tx.db(), outcome.value.id) } : {};
    await record(tx, happeningOf(request), done, {
      data: { endsAt: outcome.value.endsAt?.toString() ?? null, ...answers },
    });
    return state;
  }
  await saveState(tx.db(), request.id, state, request.assignmentId);
  const { code, message } = outcome.refusal;
  await record(tx, 'failed', request, { data: { code, message } });
  return state;
}

function happeningOf({ requestType, snapshot }: AssignmentRequest): string {
  if (!isUpdate(requestType)) return 'fulfilled';
  return snapshot.keepsEnd === true ? 'answersUpdated' : 'extended';
}
