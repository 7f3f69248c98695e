import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { approverOf } from '../entity.ts';
import type { About, Door } from '../model.ts';
import type { Decided } from './model.ts';

/** A stage that waits for somebody's decision. */
export interface Waiting {
  readonly id: Id;
  readonly door: Door;
  readonly requestorId: Id;
  readonly about: About | null;
  readonly stage: number;
  readonly stages: number;
  readonly opensAt: Instant;
  readonly deadline: Instant;
}

/**
 * The open stages that a person is asked to decide at an instant, those to be decided first in front. The counterpart
 * of `progressOf` in SQL; `agreement.test.ts` holds the two together.
 */
export async function loadWaiting(db: Kysely<unknown>, userId: Id, at: Instant): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select open.* from (
      select approval.id, approval.door, approval.requestor_id as "requestorId", approval.snapshot -> 'about' as about,
        who.stage, jsonb_array_length(approval.snapshot -> 'stages') as stages, passed.opens_at as "opensAt",
        passed.opens_at + (approval.snapshot -> 'stages' -> (who.stage - 1) ->> 'decisionTime')::interval as deadline
      from approval_approver as who
      join approval on approval.id = who.approval_id
      cross join lateral (select count(*)::int as votes, coalesce(max(vote.at), approval.opened_at) as opens_at
        from vote where vote.approval_id = approval.id) as passed
      where who.user_id = ${userId}::uuid and who.valid_from <= ${at}::timestamptz
        and coalesce(who.valid_to > ${at}::timestamptz, true)
        and approval.withdrawn_at is null and approval.decided_at is null and who.stage = passed.votes + 1
    ) as open
    where open.deadline > ${at}::timestamptz
    order by open.deadline, open.id`.execute(db);
  return rows;
}

/** How many stages of approvals have been decided, by the approval's id; none of those that there are not. */
export async function countDecided(db: Kysely<unknown>, ids: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  const { rows } = await sql<{ id: Id; count: number }>`
    select approval.id, count(vote.stage)::int as count from approval
    left join vote on vote.approval_id = approval.id
    where approval.id = any(${[...ids]}::uuid[]) group by approval.id`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Whether a person has ever been asked to decide something, or has decided it. */
export async function wasEverAsked(db: Kysely<unknown>, userId: Id, at: Instant): Promise<boolean> {
  const { rows } = await sql`
    (select 1 from approval_approver as who where who.user_id = ${userId}::uuid
      and who.valid_from <= ${at}::timestamptz and coalesce(who.valid_to > who.valid_from, true) limit 1)
    union all (select 1 from vote where vote.voter_id = ${userId}::uuid limit 1)`.execute(db);
  return rows.length > 0;
}

/** Whether a person decided a stage of an approval or is an approver of it at an instant. */
export async function isDecider(db: Kysely<unknown>, approvalId: Id, userId: Id, at: Instant): Promise<boolean> {
  const theirs = approverOf(sql`${approvalId}::uuid`, sql`${userId}::uuid`, { now: at });
  const { rows } = await sql<{ isTheirs: boolean }>`select ${theirs} as "isTheirs"`.execute(db);
  return rows[0]?.isTheirs === true;
}

/** The decisions about an approval as they were written down, in the order of stages. */
export async function loadDecided(db: Kysely<unknown>, approvalId: Id): Promise<Decided[]> {
  const { rows } = await sql<Decided>`select vote.stage, vote.voter_id as "voterId", vote.voter_name as "voterName",
      vote.decision, vote.justification, vote.at, vote.taken_back_at as "takenBackAt",
      vote.taken_back_reason as "takenBackReason"
    from vote where vote.approval_id = ${approvalId}::uuid order by vote.stage`.execute(db);
  return rows;
}
