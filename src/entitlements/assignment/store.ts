import type { Kysely } from 'kysely';
import { boundBy, type EndBound } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Answer } from '../policy/questions.ts';
import type { Assignment, EndReason } from './model.ts';

interface AssignmentRow {
  id: Id;
  package_id: Id;
  policy_id: Id;
  target_id: Id;
  starts_at: Instant;
  ends_at: Instant | null;
  ended_at: Instant | null;
  end_reason: EndReason | null;
  end_bound: EndBound | null;
  end_bound_id: Id | null;
  correlation_id: Id;
  answers: readonly Answer[];
}

/** The table of assignments. */
export interface AssignmentTables {
  package_assignment: AssignmentRow;
}

type Db = Kysely<AssignmentTables>;

export async function insertAssignment(db: Db, assignment: Assignment, answers: readonly Answer[]): Promise<void> {
  await db
    .insertInto('package_assignment')
    .values({
      id: assignment.id,
      package_id: assignment.packageId,
      policy_id: assignment.policyId,
      target_id: assignment.targetId,
      starts_at: assignment.startsAt,
      ends_at: assignment.endsAt,
      ended_at: null,
      end_reason: null,
      end_bound: assignment.binding?.by ?? null,
      end_bound_id: assignment.binding?.id ?? null,
      correlation_id: assignment.correlation,
      answers: JSON.stringify(answers) as never,
    })
    .execute();
}

/** What the questions of its policy have been answered with for an assignment. */
export async function loadAnswers(db: Db, id: Id): Promise<readonly Answer[]> {
  const row = await db.selectFrom('package_assignment').select('answers').where('id', '=', id).executeTakeFirst();
  return row?.answers ?? [];
}

/** Writes down the answers of an assignment anew. */
export async function saveAnswers(db: Db, id: Id, answers: readonly Answer[]): Promise<void> {
  await db
    .updateTable('package_assignment')
    .set({ answers: JSON.stringify(answers) as never })
    .where('id', '=', id)
    .execute();
}

/** Ends an assignment early. */
export async function closeAssignment(db: Db, id: Id, at: Instant, reason: EndReason): Promise<void> {
  await db
    .updateTable('package_assignment')
    .set({ ended_at: at, end_reason: reason })
    .where('id', '=', id)
    .where((is) => is.or([is('ended_at', 'is', null), is('ended_at', '>', at)]))
    .execute();
}

/** Moves the planned end of an assignment to where it is said to be. */
export async function moveAssignmentEnd(db: Db, { id, endsAt, binding }: Assignment): Promise<void> {
  await db
    .updateTable('package_assignment')
    .set({ ends_at: endsAt, end_bound: binding?.by ?? null, end_bound_id: binding?.id ?? null })
    .where('id', '=', id)
    .execute();
}

/** Says when an assignment will end early (null: it will not any more): its target has left a scope, or come back. */
export async function planAssignmentEnd(db: Db, id: Id, at: Instant | null): Promise<void> {
  await db
    .updateTable('package_assignment')
    .set({ ended_at: at, end_reason: at === null ? null : 'leaving' })
    .where('id', '=', id)
    .execute();
}

/** Writes down that such an end has been announced; false if there is none to announce. */
export async function markAssignmentLeft(db: Db, id: Id): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('package_assignment')
    .set({ end_reason: 'leftScope' })
    .where('id', '=', id)
    .where('end_reason', '=', 'leaving')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Whether somebody was assigned a package by a policy since an instant, and had it taken away, gave it up, or was taken
 * out of all that it gave.
 */
export async function wasRemovedSince(
  db: Db,
  of: { readonly policyId: Id; readonly targetId: Id },
  since: Instant,
): Promise<boolean> {
  const row = await db
    .selectFrom('package_assignment')
    .select('id')
    .where('policy_id', '=', of.policyId)
    .where('target_id', '=', of.targetId)
    .where('starts_at', '>=', since)
    .where('end_reason', 'in', ['removedByTarget', 'removedByAdministrator', 'contentsGone'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Why an assignment ends, or ended, before its planned end; null if it does not. */
export async function loadEndReason(db: Db, id: Id): Promise<EndReason | null> {
  const row = await db.selectFrom('package_assignment').select('end_reason').where('id', '=', id).executeTakeFirst();
  return row?.end_reason ?? null;
}

/** One assignment, whatever its state. */
export async function loadAssignment(db: Db, id: Id): Promise<Assignment | null> {
  const row = await db.selectFrom('package_assignment').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : assignmentOf(row);
}

/** What assignments are of, and what binds their ends: by the assignment's id. */
export async function loadAssignmentsByIds(db: Db, ids: readonly Id[]): Promise<Assignment[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('package_assignment').selectAll().where('id', 'in', ids).execute();
  return rows.map(assignmentOf);
}

/** The assignments that have not ended at an instant. */
export async function loadLiveAssignments(
  db: Db,
  query: { readonly packageId?: Id; readonly policyId?: Id; readonly targetId?: Id },
  at: Instant,
): Promise<Assignment[]> {
  let select = db
    .selectFrom('package_assignment')
    .selectAll()
    .where((is) => is.or([is('ends_at', 'is', null), is('ends_at', '>', at)]))
    .where((is) => is.or([is('ended_at', 'is', null), is('ended_at', '>', at)]));
  if (query.packageId !== undefined) select = select.where('package_id', '=', query.packageId);
  if (query.policyId !== undefined) select = select.where('policy_id', '=', query.policyId);
  if (query.targetId !== undefined) select = select.where('target_id', '=', query.targetId);
  return (await select.orderBy('starts_at').orderBy('id').execute()).map(assignmentOf);
}

/**
 * How many assignments have not ended at an instant; of a package, or of targets whose ids begin with some digits, if
 * such are given.
 */
export async function countLiveAssignments(
  db: Db,
  query: { readonly packageId?: Id; readonly targetsLike?: string },
  at: Instant,
): Promise<number> {
  let select = db
    .selectFrom('package_assignment')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where((is) => is.or([is('ends_at', 'is', null), is('ends_at', '>', at)]))
    .where((is) => is.or([is('ended_at', 'is', null), is('ended_at', '>', at)]));
  if (query.packageId !== undefined) select = select.where('package_id', '=', query.packageId);
  if (query.targetsLike !== undefined) {
    const first = '00000000-0000-0000-0000-000000000000'.slice(query.targetsLike.length);
    const last = first.replaceAll('0', 'f');
    select = select
      .where('target_id', '>=', query.targetsLike + first)
      .where('target_id', '<=', query.targetsLike + last);
  }
  return Number((await select.executeTakeFirstOrThrow()).count);
}

function assignmentOf(row: AssignmentRow): Assignment {
  return {
    id: row.id,
    packageId: row.package_id,
    policyId: row.policy_id,
    targetId: row.target_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    endedAt: row.ended_at,
    binding: boundBy(row.end_bound, row.end_bound_id),
    correlation: row.correlation_id,
  };
}
