import { type Binding, loadPowers } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, outcomeOf } from '../../kernel/outcome.ts';
import { earliest, type Instant, isBefore, parseInstant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { assignmentTerm } from '../assignment/model.ts';
import { deliveryTerm, limitsOf } from '../assignment/operations/deliver.ts';
import { loadAssignment, loadEndReason } from '../assignment/store.ts';
import type { PackageContents } from '../contents/contract.ts';
import { picture } from '../contents/operations.ts';
import { loadView } from '../contents/store.ts';
import type { Excluding } from '../duties/decisions.ts';
import { loadExcluding } from '../duties/operations.ts';
import type { QuestionDocument } from '../policy/document.ts';
import type { Answer } from '../policy/questions.ts';
import { isWaiting } from '../request/machine.ts';
import { type AssignmentRequest, isUpdate } from '../request/model.ts';
import { cancellation } from '../request/operations/cancel.ts';
import { updateTerm } from '../request/operations/extend.ts';
import { loadRequest } from '../request/store.ts';

/** A request for a package, if there is one. */
export function packageRequest(tx: Tx, id: Id): Promise<AssignmentRequest | null> {
  return loadRequest(tx.db(), id);
}

/** Whether the caller reads all that belongs to a package. */
export async function readsPackage(tx: Tx, packageId: Id): Promise<boolean> {
  const reader = { caller: tx.caller, ...(await loadPowers(tx.db(), tx.caller, tx.now)) };
  return (await loadView(tx, packageId, reader)).readsAll;
}

/** From when until when access is, and why it ends then. */
export interface ForeseenTerm {
  readonly from: Instant;
  readonly until: Instant | null;
  readonly binding: Binding | null;
}

/** What whoever decides about a request has to know beyond the approval. */
export interface PackageCase {
  readonly gives: PackageContents['gives'];
  /** The questions as they were asked, in their order, with what was answered. */
  readonly answers: readonly { readonly question: QuestionDocument; readonly answer: Answer | null }[];
  /**
   * The access that came of it; of a request that waits, what it would be if nobody had to decide any more, or the
   * refusal that the delivery would fail with. Null where nothing came of it and nothing will.
   */
  readonly access: Outcome<ForeseenTerm> | null;
  /** What the person has that the package cannot be had with. */
  readonly excluding: readonly Excluding[];
}

/** What a request asks for and would come to, by the functions that deliver it. Nothing is saved. */
export async function packageCase(tx: Tx, request: AssignmentRequest): Promise<PackageCase> {
  const { snapshot, answers, packageId, targetId } = request;
  return {
    gives: await picture(tx, snapshot.contents),
    answers: snapshot.questions
      .toSorted((one, other) => one.sequence - other.sequence)
      .map((question) => ({
        question,
        answer: answers.find(({ answeredQuestion }) => answeredQuestion.id === question.id) ?? null,
      })),
    access: await accessOf(tx, request),
    excluding: await loadExcluding(tx, packageId, targetId),
  };
}

/** Whether the caller could cancel a request now; refused as `cancelRequest` would be. Nothing is saved. */
export function foreseeCancellation(tx: Tx, id: Id): Promise<Outcome<unknown>> {
  return outcomeOf(cancellation(tx, id));
}

/** When an assignment ends or has ended, and why: what ended it early, or what binds its planned end. */
export async function endOfAssignment(tx: Tx, id: Id) {
  const assignment = await loadAssignment(tx.db(), id);
  if (assignment === null) return null;
  const { endsAt, endedAt, binding } = assignment;
  const at = earliest(endsAt, endedAt);
  const isEarly = endedAt !== null && (endsAt === null || isBefore(endedAt, endsAt));
  const reason = isEarly ? await loadEndReason(tx.db(), id) : (binding?.by ?? null);
  return { at, reason: at === null ? 'never' : (reason ?? 'unknown') };
}

async function accessOf(tx: Tx, request: AssignmentRequest): Promise<Outcome<ForeseenTerm> | null> {
  if (isWaiting(request.state, tx.now)) return termOf(tx, request);
  const { assignmentId } = request;
  const came = assignmentId === null ? null : await loadAssignment(tx.db(), assignmentId);
  if (came === null || request.state.is !== 'delivered') return null;
  return accept({ from: came.startsAt, until: earliest(came.endsAt, came.endedAt), binding: came.binding });
}

async function termOf(tx: Tx, request: AssignmentRequest): Promise<Outcome<ForeseenTerm>> {
  if (isUpdate(request.requestType)) {
    const moved = await updateTerm(tx, request);
    if (moved.is === 'refused') return moved;
    const { assignment, term } = moved.value;
    const { endsAt, binding } = assignment;
    return accept({
      from: assignment.startsAt,
      ...(term === null ? { until: endsAt, binding } : { until: term.window.until, binding: term.binding }),
    });
  }
  const { contents, expiration, endsBy = 'policy', startDateTime } = request.snapshot;
  const { packageId, targetId } = request;
  const start = startDateTime ? parseInstant(startDateTime) : null;
  const asked = { packageId, targetId, contents, expiration, endsBy, from: tx.now };
  const now = await deliveryTerm(tx, asked);
  if (now.is === 'refused') return now;
  if (start === null || !isBefore(tx.now, start)) return accept({ ...now.value.window, binding: now.value.binding });
  // Durations count from the start, by the rules as they are now.
  const later = assignmentTerm(expiration, await limitsOf(tx, contents, start), start, endsBy);
  return later.is === 'refused' ? later : accept({ ...later.value.window, binding: later.value.binding });
}
