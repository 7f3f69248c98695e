import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import { type Instant, isBefore, longestDuration } from '../kernel/time.ts';
import type { ApproverSource } from './approvers.ts';
import type { Approval, ApproverRule, Door, Vote } from './model.ts';

interface ApprovalRow {
  id: Id;
  door: Door;
  requestor_id: Id;
  subject_id: Id;
  snapshot: Pick<Approval, 'stages' | 'about' | 'justification' | 'allowsSameApproverInSeveralStages'>;
  opened_at: Instant;
  correlation_id: Id;
  withdrawn_at: Instant | null;
  decided_at: Instant | null;
  escalation_announced: number;
  reminded: number;
}

interface ApproverRow {
  approval_id: Id;
  stage: number;
  user_id: Id;
  source: ApproverSource;
  valid_from: Instant;
  valid_to: Instant | null;
}

interface VoteRow {
  approval_id: Id;
  stage: number;
  voter_id: Id;
  voter_name: string;
  decision: 'approve' | 'deny';
  justification: string;
  at: Instant;
  may_repeat: boolean;
  taken_back_at: Instant | null;
  taken_back_reason: string | null;
}

/** Somebody who is asked to decide a stage, from an instant on that may be yet to come. */
export interface Asked {
  readonly userId: Id;
  readonly source: ApproverSource;
  readonly from: Instant;
}

/** The tables of approvals. */
export interface ApprovalTables {
  approval: ApprovalRow;
  approval_approver: ApproverRow;
  vote: VoteRow;
}

type Db = Kysely<ApprovalTables>;

/** The tables of approvals, for who reads them outside of an operation. */
export function approvalTables(db: Kysely<unknown>): Db {
  return db as unknown as Db;
}

export async function insertApproval(db: Db, approval: Approval): Promise<void> {
  await db
    .insertInto('approval')
    .values({
      id: approval.id,
      door: approval.door,
      requestor_id: approval.requestorId,
      subject_id: approval.subjectId,
      snapshot: JSON.stringify(snapshotOf(approval)) as never,
      opened_at: approval.openedAt,
      correlation_id: approval.correlation,
      withdrawn_at: null,
      decided_at: null,
      escalation_announced: 0,
      reminded: 0,
    })
    .execute();
}

function snapshotOf(approval: Approval): ApprovalRow['snapshot'] {
  const { stages, about, justification, allowsSameApproverInSeveralStages = false } = approval;
  return { stages, about, justification, allowsSameApproverInSeveralStages };
}

/** An approval with its votes; null if there is none. */
export async function loadApproval(db: Db, id: Id): Promise<Approval | null> {
  const row = await db.selectFrom('approval').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const votes = await db.selectFrom('vote').selectAll().where('approval_id', '=', id).orderBy('stage').execute();
  return {
    id: row.id,
    door: row.door,
    requestorId: row.requestor_id,
    subjectId: row.subject_id,
    stages: row.snapshot.stages,
    allowsSameApproverInSeveralStages: row.snapshot.allowsSameApproverInSeveralStages ?? false,
    about: row.snapshot.about,
    justification: row.snapshot.justification,
    openedAt: row.opened_at,
    withdrawnAt: row.withdrawn_at,
    correlation: row.correlation_id,
    votes: votes.map(voteOf),
  };
}

function voteOf(row: VoteRow): Vote {
  const { stage, decision, justification, at } = row;
  return { stage, voterId: row.voter_id, decision, justification, at, takenBackAt: row.taken_back_at };
}

/** What has changed that may lead to other approvers; everything, if it is not known. */
export type Change =
  | { readonly is: 'anything' }
  /** Who is in these groups. */
  | { readonly is: 'groups'; readonly ids: readonly Id[] }
  /** Whether an account can be used, or whether it is there. */
  | { readonly is: 'account'; readonly id: Id }
  | { readonly is: 'managers' }
  | { readonly is: 'sponsors'; readonly of: Id }
  | { readonly is: 'connectedSponsors' };

/**
 * Ids of the approvals that wait for a decision at an instant and that a change may matter to, by the rules of their
 * stages: of a thousand that wait, a change of one group concerns a few. The deadline is that of `progressOf`.
 */
export async function loadOpenApprovals(db: Db, at: Instant, change: Change = { is: 'anything' }): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select approval.id from approval
    cross join lateral (select count(*)::int as decided, coalesce(max(vote.at), approval.opened_at) as opens_at
      from vote where vote.approval_id = approval.id) as last
    where approval.withdrawn_at is null and approval.decided_at is null
      and approval.opened_at > ${at.subtract(longestDuration)}::timestamptz
      and last.opens_at + (approval.snapshot -> 'stages' -> last.decided ->> 'decisionTime')::interval
        > ${at}::timestamptz
      and ${concerned(change)}
    order by approval.opened_at, approval.id`.execute(db);
  return rows.map((row) => row.id);
}

function concerned(change: Change): RawBuilder<boolean> {
  const some = (rule: RawBuilder<boolean>) =>
    sql<boolean>`exists (select 1
      from jsonb_path_query(approval.snapshot -> 'stages', '$.** ? (exists(@.is))') as rule where ${rule})`;
  const are = (...kinds: readonly ApproverRule['is'][]) => sql<boolean>`rule ->> 'is' = any(${kinds}::text[])`;
  switch (change.is) {
    case 'anything':
      return sql<boolean>`true`;
    case 'groups':
      // Groups are sponsors, too.
      return some(
        sql<boolean>`${are('sponsors', 'connectedSponsors')} or rule ->> 'groupId' = any(${[...change.ids]}::text[])`,
      );
    case 'account':
      return some(
        sql<boolean>`${are('group', 'manager', 'sponsors', 'connectedSponsors')} or rule ->> 'userId' = ${change.id}`,
      );
    case 'managers':
      return some(are('manager'));
    case 'sponsors':
      return sql<boolean>`(approval.subject_id = ${change.of} and ${some(are('sponsors'))})`;
    case 'connectedSponsors':
      return some(are('connectedSponsors'));
    default:
      return change satisfies never;
  }
}

/** Who is asked to decide a stage: now, or from its escalation on. */
export async function loadAsked(db: Db, approvalId: Id, stage: number): Promise<Asked[]> {
  const rows = await db
    .selectFrom('approval_approver')
    .selectAll()
    .where('approval_id', '=', approvalId)
    .where('stage', '=', stage)
    .where('valid_to', 'is', null)
    .orderBy('user_id')
    .execute();
  return rows.map((row) => ({ userId: row.user_id, source: row.source, from: row.valid_from }));
}

/** Who can decide a stage at an instant, of those asked. */
export async function loadApprovers(db: Db, approvalId: Id, stage: number, at: Instant): Promise<Id[]> {
  return (await loadAsked(db, approvalId, stage)).filter((one) => !isBefore(at, one.from)).map((one) => one.userId);
}

/**
 * Makes the windows of a stage those of these people; the others are closed now. A window that had not begun closes
 * without ever having been open.
 */
export async function saveAsked(
  db: Db,
  approvalId: Id,
  stage: number,
  asked: readonly Asked[],
  now: Instant,
): Promise<void> {
  const before = await loadAsked(db, approvalId, stage);
  for (const row of before.filter((one) => !asked.some((wanted) => isSame(one, wanted, now)))) {
    await db
      .updateTable('approval_approver')
      .set({ valid_to: isBefore(now, row.from) ? row.from : now })
      .where('approval_id', '=', approvalId)
      .where('stage', '=', stage)
      .where('user_id', '=', row.userId)
      .where('valid_to', 'is', null)
      .execute();
  }
  for (const { userId, source, from } of asked.filter((one) => !before.some((had) => isSame(had, one, now)))) {
    await db
      .insertInto('approval_approver')
      .values({ approval_id: approvalId, stage, user_id: userId, source, valid_from: from, valid_to: null })
      .onConflict((again) =>
        // Left and back at the same instant: a clock may stand still.
        again.columns(['approval_id', 'stage', 'user_id', 'valid_from']).doUpdateSet({ source, valid_to: null }),
      )
      .execute();
  }
}

/** Whether what was written down of somebody says what is wanted: windows that have begun are not begun anew. */
function isSame(had: Asked, wanted: Asked, now: Instant): boolean {
  if (had.userId !== wanted.userId || had.source !== wanted.source) return false;
  return had.from.equals(wanted.from) || !(isBefore(now, had.from) || isBefore(now, wanted.from));
}

/** Closes the windows of an approval that have not begun, because nothing is left to decide for them. */
export async function closeUnbegun(db: Db, approvalId: Id, now: Instant): Promise<void> {
  await db
    .updateTable('approval_approver')
    .set((row) => ({ valid_to: row.ref('valid_from') }))
    .where('approval_id', '=', approvalId)
    .where('valid_from', '>', now)
    .where('valid_to', 'is', null)
    .execute();
}

/** The last stage whose escalation has been announced; 0 before the first. */
export async function loadAnnounced(db: Db, approvalId: Id): Promise<number> {
  const row = await db
    .selectFrom('approval')
    .select('escalation_announced')
    .where('id', '=', approvalId)
    .executeTakeFirst();
  return row?.escalation_announced ?? 0;
}

export async function markAnnounced(db: Db, approvalId: Id, stage: number): Promise<void> {
  await db.updateTable('approval').set({ escalation_announced: stage }).where('id', '=', approvalId).execute();
}

/** Writes down that the approvers of a stage have been reminded; false if they were before. */
export async function markReminded(db: Db, approvalId: Id, stage: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('approval')
    .set({ reminded: stage })
    .where('id', '=', approvalId)
    .where('reminded', '<', stage)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Everyone who could decide a stage at some instant until now, as whom. */
export async function loadEverAsked(db: Db, approvalId: Id, at: Instant): Promise<(Asked & { stage: number })[]> {
  const rows = await db
    .selectFrom('approval_approver')
    .selectAll()
    .where('approval_id', '=', approvalId)
    .where('valid_from', '<=', at)
    .where((is) => is.or([is('valid_to', 'is', null), is('valid_to', '>', is.ref('valid_from'))]))
    .orderBy('stage')
    .orderBy('user_id')
    .execute();
  return rows.map((row) => ({ stage: row.stage, userId: row.user_id, source: row.source, from: row.valid_from }));
}

/** Keeps a decision. Unless `mayRepeat`, the table itself refuses a second one of the same person. */
export async function insertVote(
  db: Db,
  approvalId: Id,
  vote: Vote,
  voterName: string,
  mayRepeat = false,
): Promise<void> {
  await db
    .insertInto('vote')
    .values({
      approval_id: approvalId,
      stage: vote.stage,
      voter_id: vote.voterId,
      voter_name: voterName,
      decision: vote.decision,
      justification: vote.justification,
      at: vote.at,
      may_repeat: mayRepeat,
      taken_back_at: null,
      taken_back_reason: null,
    })
    .execute();
}

/** Writes down that an approval was taken back, and with it that the approval process has ended. */
export async function markTakenBack(db: Db, approvalId: Id, stage: number, at: Instant, reason: string): Promise<void> {
  await db
    .updateTable('vote')
    .set({ taken_back_at: at, taken_back_reason: reason })
    .where('approval_id', '=', approvalId)
    .where('stage', '=', stage)
    .execute();
  await markDecided(db, approvalId, at);
}

/** Marks an approval as ended by a vote, so that it is no longer looked for among the open ones. */
export async function markDecided(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('approval').set({ decided_at: at }).where('id', '=', id).execute();
}

export async function markWithdrawn(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('approval').set({ withdrawn_at: at }).where('id', '=', id).execute();
}

/**
 * Who has a part in some approvals at an instant: who can decide, could have decided a stage that others decided, or
 * has decided. The counterpart of `approverOf`.
 */
export async function loadParts(db: Db, approvalIds: readonly Id[], at: Instant): Promise<Map<Id, Set<Id>>> {
  const parts = new Map<Id, Set<Id>>();
  if (approvalIds.length === 0) return parts;
  const asked = await db
    .selectFrom('approval_approver')
    .select(['approval_id', 'user_id'])
    .where('approval_id', 'in', approvalIds)
    .where('valid_from', '<=', at)
    .where((is) => is.or([is('valid_to', 'is', null), is('valid_to', '>', at)]))
    .execute();
  const voted = await db
    .selectFrom('vote')
    .select(['approval_id', 'voter_id as user_id'])
    .where('approval_id', 'in', approvalIds)
    .execute();
  for (const { approval_id: id, user_id: userId } of [...asked, ...voted]) {
    parts.set(id, (parts.get(id) ?? new Set<Id>()).add(userId));
  }
  return parts;
}
