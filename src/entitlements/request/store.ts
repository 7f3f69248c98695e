import type { Kysely } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Answer } from '../policy/questions.ts';
import type { RequestState } from './machine.ts';
import type { AssignmentRequest, RequestSnapshot, RequestType } from './model.ts';

interface StateColumns {
  state: RequestState['is'];
  pending_until: Instant | null;
  starts_at: Instant | null;
  completed_at: Instant | null;
  cause: string | null;
}

interface RequestRow extends StateColumns {
  id: Id;
  request_type: RequestType;
  package_id: Id;
  policy_id: Id;
  requestor_id: Id;
  target_id: Id;
  assignment_id: Id | null;
  asked_assignment_id: Id | null;
  justification: string | null;
  answers: Answer[];
  schedule: object;
  snapshot: RequestSnapshot;
  created_at: Instant;
  correlation_id: Id;
  deleted_at: Instant | null;
}

/** The table of requests. */
export interface RequestTables {
  assignment_request: RequestRow;
}

type Db = Kysely<RequestTables>;

export async function insertRequest(db: Db, request: AssignmentRequest): Promise<void> {
  const { expiration, startDateTime = null } = request.snapshot;
  await db
    .insertInto('assignment_request')
    .values({
      id: request.id,
      request_type: request.requestType,
      package_id: request.packageId,
      policy_id: request.policyId,
      requestor_id: request.requestorId,
      target_id: request.targetId,
      assignment_id: request.assignmentId,
      asked_assignment_id: request.askedAssignmentId,
      justification: request.justification,
      answers: JSON.stringify(request.answers) as never,
      schedule: JSON.stringify({ startDateTime, expiration, recurrence: null }) as never,
      snapshot: JSON.stringify(request.snapshot) as never,
      created_at: request.createdAt,
      correlation_id: request.correlation,
      deleted_at: null,
      ...columnsOf(request.state),
    })
    .execute();
}

/** Writes down how a request stands, and the assignment that came of it. */
export async function saveState(db: Db, id: Id, state: RequestState, assignmentId: Id | null): Promise<void> {
  await db
    .updateTable('assignment_request')
    .set({ ...columnsOf(state), assignment_id: assignmentId })
    .where('id', '=', id)
    .execute();
}

function columnsOf(state: RequestState): StateColumns {
  if (state.is === 'pendingApproval') {
    return { state: state.is, pending_until: state.until, starts_at: null, completed_at: null, cause: null };
  }
  if (state.is === 'scheduled') {
    return { state: state.is, pending_until: null, starts_at: state.from, completed_at: null, cause: null };
  }
  const cause = state.is === 'denied' || state.is === 'deliveryFailed' ? state.cause : null;
  return { state: state.is, pending_until: null, starts_at: null, completed_at: state.at, cause };
}

/** A request that has not been deleted. */
export async function loadRequest(db: Db, id: Id): Promise<AssignmentRequest | null> {
  const row = await db
    .selectFrom('assignment_request')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : requestOf(row);
}

/**
 * The request by which an assignment came, or would come: named by the assignment's id or by its own. Null if there is
 * none.
 */
export async function loadAddOf(db: Db, assignmentId: Id): Promise<AssignmentRequest | null> {
  const row = await db
    .selectFrom('assignment_request')
    .selectAll()
    .where((is) => is.or([is('asked_assignment_id', '=', assignmentId), is('id', '=', assignmentId)]))
    .where('request_type', 'in', ['userAdd', 'adminAdd', 'onBehalfAdd'])
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst();
  return row === undefined ? null : requestOf(row);
}

/** Writes down the answers of a request anew. */
export async function saveAnswers(db: Db, id: Id, answers: readonly Answer[]): Promise<void> {
  await db
    .updateTable('assignment_request')
    .set({ answers: JSON.stringify(answers) as never })
    .where('id', '=', id)
    .execute();
}

/** Whether a request is waiting, for approval or for its start, at an instant. */
export async function hasPending(
  db: Db,
  query: { readonly packageId?: Id; readonly policyId?: Id; readonly targetId?: Id },
  at: Instant,
): Promise<boolean> {
  let select = db
    .selectFrom('assignment_request')
    .select('id')
    .where((is) => is.or([is('pending_until', '>', at), is('state', '=', 'scheduled')]));
  if (query.packageId !== undefined) select = select.where('package_id', '=', query.packageId);
  if (query.policyId !== undefined) select = select.where('policy_id', '=', query.policyId);
  if (query.targetId !== undefined) select = select.where('target_id', '=', query.targetId);
  return (await select.limit(1).executeTakeFirst()) !== undefined;
}

/** The requests that somebody made or is to gain by, and that wait at an instant: for approval, or for their start. */
export async function loadWaiting(db: Db, personId: Id, at: Instant): Promise<AssignmentRequest[]> {
  const rows = await db
    .selectFrom('assignment_request')
    .selectAll()
    .where((is) => is.or([is('target_id', '=', personId), is('requestor_id', '=', personId)]))
    .where((is) => is.or([is('pending_until', '>', at), is('state', '=', 'scheduled')]))
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(requestOf);
}

/** The requests about an assignment that wait for a decision at an instant. */
export async function loadPendingUpdates(db: Db, assignmentId: Id, at: Instant): Promise<AssignmentRequest[]> {
  const rows = await db
    .selectFrom('assignment_request')
    .selectAll()
    .where('assignment_id', '=', assignmentId)
    .where('pending_until', '>', at)
    .execute();
  return rows.map(requestOf);
}

/** The last request of the system to assign somebody a package by a policy; null if there is none. */
export async function loadLastSystemAdd(
  db: Db,
  of: { readonly policyId: Id; readonly targetId: Id },
): Promise<AssignmentRequest | null> {
  const row = await db
    .selectFrom('assignment_request')
    .selectAll()
    .where('request_type', '=', 'systemAdd')
    .where('policy_id', '=', of.policyId)
    .where('target_id', '=', of.targetId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : requestOf(row);
}

export async function markRequestDeleted(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('assignment_request').set({ deleted_at: at }).where('id', '=', id).execute();
}

function requestOf(row: RequestRow): AssignmentRequest {
  return {
    id: row.id,
    requestType: row.request_type,
    packageId: row.package_id,
    policyId: row.policy_id,
    requestorId: row.requestor_id,
    targetId: row.target_id,
    assignmentId: row.assignment_id,
    askedAssignmentId: row.asked_assignment_id,
    justification: row.justification,
    answers: row.answers,
    snapshot: row.snapshot,
    createdAt: row.created_at,
    correlation: row.correlation_id,
    state: stateOf(row),
  };
}

/** The state that columns say; the CHECK constraints of the table promise that they say one. */
function stateOf(row: StateColumns): RequestState {
  if (row.state === 'pendingApproval') return { is: row.state, until: kept(row.pending_until) };
  if (row.state === 'scheduled') return { is: row.state, from: kept(row.starts_at) };
  const at = kept(row.completed_at);
  switch (row.state) {
    case 'denied':
      return { is: row.state, at, cause: row.cause === 'decision' ? 'decision' : 'time' };
    case 'deliveryFailed':
      return { is: row.state, at, cause: row.cause ?? '' };
    case 'delivered':
    case 'canceled':
      return { is: row.state, at };
    default:
      return row.state satisfies never;
  }
}

function kept<T>(value: T | null): T {
  if (value === null) throw new Error('A request without the instant that its state needs');
  return value;
}
