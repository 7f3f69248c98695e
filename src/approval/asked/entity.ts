import { sql } from 'kysely';
import type { ReadContext, Sql } from '../../graph/declaration.ts';
import { approvalsOf } from '../entity.ts';

/**
 * SQL: a table expression of the approvals of which a person decided a stage or is an approver at the instant, with how
 * they stand then, the counterpart of `progressOf`: `(id, is_open, door, requestor_id, subject_id, about, opened_at, stages,
 * stage, stage_opened_at, deadline, state, ended_at, is_asked, vote_stage, vote_decision, voted_at)`. `is_open`: no
 * vote and no withdrawal has ended it; `is_asked`: the
 * person may be asked to decide the open stage; `deadline` is null once nothing is open.
 */
export function casesOf(userId: Sql, context: Pick<ReadContext, 'now'>): Sql {
  const now = sql`${context.now}::timestamptz`;
  return sql`(select seen.id, seen.is_open, seen.door, seen.requestor_id, seen.subject_id, seen.about, seen.opened_at, seen.stages,
      case when seen.state in ('approved', 'denied') and seen.taken_back_at is null then seen.votes
        else least(seen.votes + 1, seen.stages) end as stage,
      seen.opens_at as stage_opened_at, case when seen.state = 'pending' then seen.deadline end as deadline, seen.state,
      case seen.state when 'pending' then null when 'timedOut' then seen.deadline when 'withdrawn' then seen.withdrawn_at
        when 'denied' then coalesce(seen.taken_back_at, seen.opens_at) else seen.opens_at end as ended_at,
      seen.state = 'pending' and exists (select 1 from approval_approver as who
        where who.approval_id = seen.id and who.stage = seen.votes + 1 and who.user_id = ${userId}
          and who.valid_from <= ${now} and coalesce(who.valid_to > ${now}, true)) as is_asked,
      mine.stage as vote_stage, mine.decision as vote_decision, mine.at as voted_at
    from (select step.*, case when step.is_denied then 'denied' when step.votes = step.stages then 'approved'
          when step.taken_back_at is not null then 'denied'
          when step.withdrawn_at < step.deadline then 'withdrawn'
          when step.deadline <= ${now} then 'timedOut' else 'pending' end as state
      from (select reached.*, case when reached.regretted_at < reached.deadline then reached.regretted_at end
            as taken_back_at
        from (select approval.id, approval.door, approval.requestor_id, approval.subject_id, approval.opened_at,
            approval.withdrawn_at, approval.withdrawn_at is null and approval.decided_at is null as is_open,
            approval.snapshot -> 'about' as about,
            jsonb_array_length(approval.snapshot -> 'stages') as stages,
            passed.votes, passed.opens_at, passed.is_denied, passed.regretted_at,
            passed.opens_at + (approval.snapshot -> 'stages' -> passed.votes ->> 'decisionTime')::interval as deadline
          from approval join ${approvalsOf(userId, context)} as theirs on theirs.id = approval.id
          cross join lateral (select count(*)::int as votes, coalesce(max(vote.at), approval.opened_at) as opens_at,
              coalesce(bool_or(vote.decision = 'deny'), false) as is_denied, min(vote.taken_back_at) as regretted_at
            from vote where vote.approval_id = approval.id) as passed
        ) as reached
      ) as step
    ) as seen
    left join lateral (select vote.stage, vote.decision, vote.at from vote
      where vote.approval_id = seen.id and vote.voter_id = ${userId} order by vote.stage desc limit 1) as mine on true)`;
}
