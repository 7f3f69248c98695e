import { partsIn } from '../../../approval/index.ts';
import { isId } from '../../../kernel/ids.ts';
import { accept, type Outcome } from '../../../kernel/outcome.ts';
import { earliest, type Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { type Assignment, assignmentTerm, type Term } from '../../assignment/model.ts';
import { limitsOf } from '../../assignment/operations/deliver.ts';
import { loadAssignment, loadEndReason } from '../../assignment/store.ts';
import { authoriseFor } from '../../delegation/operations/authority.ts';
import { found } from '../../refusals.ts';
import { decideExtension } from '../../request/extension.ts';
import { isWaiting, requestState } from '../../request/machine.ts';
import type { AssignmentRequest } from '../../request/model.ts';
import { loadRequest } from '../../request/store.ts';

/**
 * The one true end of what a request asks for, and what binds it: of the assignment that came of it, or, while it waits,
 * as if it were delivered now (or at the start that was asked for), by the functions that will decide it. For whoever
 * asked, receives or decides, and those who read entitlements. Absent and none of one's business look alike to others.
 */
export async function endOfRequest(tx: Tx, id: string) {
  const named = isId(id) ? await loadRequest(tx.db(), id) : null;
  if (named === null || !(await hasPart(tx, named))) {
    await authoriseFor(tx, 'entitlements.readAll', named?.packageId);
  }
  const request = found(named, 'assignment request', id.slice(0, 200));
  const state = requestState(request.state, tx.now);
  const shared = { requestId: request.id, state: state.is };
  if (isWaiting(state, tx.now)) {
    const from = state.is === 'scheduled' ? state.from : tx.now;
    const term = await termIfDelivered(tx, request, from);
    return { ...shared, isDelivered: false, ...shown(term.is === 'accepted' ? term.value : null) };
  }
  const assignment = request.assignmentId === null ? null : await loadAssignment(tx.db(), request.assignmentId);
  if (assignment === null) return { ...shared, isDelivered: false, ...shown(null) };
  return { ...shared, isDelivered: true, ...(await endOf(tx, assignment)) };
}

async function hasPart(tx: Tx, { id, requestorId, targetId }: AssignmentRequest): Promise<boolean> {
  if (tx.caller.kind !== 'user') return false;
  if (tx.caller.id === requestorId || tx.caller.id === targetId) return true;
  const parts = await partsIn(tx.db(), [id], tx.now);
  return parts.get(id)?.has(tx.caller.id) === true;
}

/** The term that a waiting request leads to; of a wish for a later end, that of the assignment then. */
async function termIfDelivered(tx: Tx, request: AssignmentRequest, from: Instant): Promise<Outcome<Term>> {
  const { contents, expiration, endsBy = 'policy', keepsEnd = false } = request.snapshot;
  const limits = await limitsOf(tx, contents, from);
  const assignment = request.assignmentId === null ? null : await loadAssignment(tx.db(), request.assignmentId);
  if (assignment === null) return assignmentTerm(expiration, limits, from, endsBy);
  if (keepsEnd) return accept({ window: { from, until: assignment.endsAt }, binding: assignment.binding });
  const mayShorten = request.requestType === 'adminUpdate';
  return decideExtension(assignment, { expiration, endsBy, limits, mayShorten }, tx.now);
}

function shown(term: Term | null) {
  return {
    startDateTime: term?.window.from.toString() ?? null,
    endDateTime: term?.window.until?.toString() ?? null,
    endsBecause: { reason: term?.binding?.by ?? null, boundById: term?.binding?.id ?? null },
  };
}

async function endOf(tx: Tx, { id, startsAt, endsAt, endedAt, binding }: Assignment) {
  const early = await loadEndReason(tx.db(), id);
  const endsBecause =
    early === null
      ? { reason: binding?.by ?? null, boundById: binding?.id ?? null }
      : { reason: early, boundById: null };
  return {
    startDateTime: startsAt.toString(),
    endDateTime: earliest(endsAt, endedAt)?.toString() ?? null,
    endsBecause,
  };
}
