import { sql } from 'kysely';
import type { EntitySet, Property, ReadContext, Row, Sql } from '../graph/declaration.ts';
import { bool, composed, guid, instant, many, text } from '../graph/properties.ts';
import type { Door } from './model.ts';

/** How a door shows its approvals in Graph. */
export interface ApprovalFace {
  readonly door: Door;
  /** Name of the set of approvals. */
  readonly approvals: string;
  /** Name of the set of their stages. */
  readonly stages: string;
  /** Graph calls them `stages` in v1.0 and `steps` in beta. */
  readonly navigation: 'stages' | 'steps';
  /** Who may see an approval of the door, whatever their part in it; requestors and approvers see theirs in any case. */
  readonly readsAll: (context: ReadContext, approvalId: Sql) => Sql;
  /** Which approvals of the door belong to this face; all unless said. */
  readonly only?: (approvalId: Sql) => Sql;
}

/** SQL: a table expression `(id)` of the approvals of which a person decided a stage or is an approver at the instant. */
export function approvalsOf(userId: Sql, context: Pick<ReadContext, 'now'>): Sql {
  return sql`(select who.approval_id as id from approval_approver as who
      where who.user_id = ${userId} and ${inForce(context)}
    union select vote.approval_id from vote where vote.voter_id = ${userId})`;
}

/** SQL: whether a person decided a stage of the approval or is an approver of it at the instant. */
export function approverOf(approvalId: Sql, userId: Sql, context: Pick<ReadContext, 'now'>): Sql {
  return sql`${approvalId} in (select id from ${approvalsOf(userId, context)} as theirs)`;
}

/** SQL: whether a stage of the approval is open at the instant, and a person is an approver of it. */
export function awaitsDecisionOf(approvalId: Sql, userId: Sql, context: Pick<ReadContext, 'now'>): Sql {
  return sql`exists (select 1 from ${stagesAt(context)} as step
    join approval_approver as who on who.approval_id = step.approval_id and who.stage = step.stage
    where step.approval_id = ${approvalId} and step.status = 'InProgress' and who.user_id = ${userId} and ${inForce(context)})`;
}

function inForce({ now }: Pick<ReadContext, 'now'>): Sql {
  return sql`who.valid_from <= ${now}::timestamptz and coalesce(who.valid_to > ${now}::timestamptz, true)`;
}

/**
 * SQL: every stage of every approval with its status at the instant, the counterpart of `progressOf`.
 * `Initializing`: not open yet. `InProgress`: to be decided. `Completed`: decided. `Expired`: nobody has decided it
 * and nobody can any more (timed out, or the request ended before). An approval that was taken back shows as a denial.
 */
export function stagesAt({ now }: Pick<ReadContext, 'now'>): Sql {
  return sql`(select opened.*,
      case when opened.decision is not null then 'Completed'
        when opened.is_over then 'Expired'
        when opened.opens_at is null then 'Initializing'
        else 'InProgress' end as status
    from (select step.value ->> 'id' as id, approval.id as approval_id, approval.door, approval.requestor_id,
        approval.subject_id, step.stage::int as stage, mine.voter_id, mine.voter_name,
        case when mine.taken_back_at is null then mine.decision else 'deny' end as decision,
        coalesce(mine.taken_back_reason, mine.justification) as justification,
        coalesce(mine.taken_back_at, mine.at) as voted_at, entry.opens_at,
        approval.withdrawn_at is not null
          or exists (select 1 from vote where vote.approval_id = approval.id
            and (vote.decision = 'deny' or vote.taken_back_at is not null))
          or last.opens_at + (approval.snapshot -> 'stages' -> last.decided ->> 'decisionTime')::interval
             <= ${now}::timestamptz as is_over
      from approval
      cross join lateral jsonb_array_elements(approval.snapshot -> 'stages') with ordinality as step(value, stage)
      cross join lateral (select count(*)::int as decided, coalesce(max(vote.at), approval.opened_at) as opens_at
        from vote where vote.approval_id = approval.id) as last
      left join vote as mine on mine.approval_id = approval.id and mine.stage = step.stage
      left join lateral (select case when step.stage = 1 then approval.opened_at
          else (select before.at from vote as before where before.approval_id = approval.id
            and before.stage = step.stage - 1 and before.decision = 'approve') end as opens_at) as entry on true
    ) as opened)`;
}

function callerId({ reader }: ReadContext): Sql {
  return reader.caller.kind === 'user' ? sql`${reader.caller.id}::uuid` : sql`null::uuid`;
}

const stageProperties: Readonly<Record<string, Property>> = {
  id: guid((row) => sql`${row('id')}`),
  displayName: text(() => sql`null::text`),
  assignedToMe: bool(
    (row, context) => sql`exists (select 1 from approval_approver as who
      where who.approval_id = ${row('approval_id')} and who.stage = ${row('stage')}
        and who.user_id = ${callerId(context)} and ${inForce(context)})`,
  ),
  justification: text((row) => sql`coalesce(${row('justification')}, '')`),
  reviewResult: text(
    (row) => sql`case ${row('decision')} when 'approve' then 'Approved' when 'deny' then 'Denied'
      else 'NotReviewed' end`,
  ),
  reviewedBy: composed(
    { id: guid((row) => sql`${row('voter_id')}::text`), displayName: text('voter_name') },
    { present: (row) => sql`${row('voter_id')} is not null` },
  ),
  reviewedDateTime: instant('voted_at'),
  status: text('status'),
};

function visibleTo(face: ApprovalFace, id: Sql, row: Row, context: ReadContext): Sql {
  const me = callerId(context);
  return sql`(${face.only?.(id) ?? sql`true`} and (${face.readsAll(context, id)} or ${row('requestor_id')} = ${me}
    or ${row('subject_id')} = ${me} or ${approverOf(id, me, context)}))`;
}

/** The two entity sets with which a door shows its approvals: `approval` and `approvalStage`. */
export function approvalSets(face: ApprovalFace): EntitySet[] {
  const approvals: EntitySet = {
    name: face.approvals,
    type: 'microsoft.graph.approval',
    from: () => sql`(select * from approval where door = ${face.door})`,
    properties: { id: guid('id') },
    navigation: {
      [face.navigation]: {
        ...many(face.stages, (parent, child) => sql`${child('approval_id')} = ${parent('id')}`),
        inline: true,
      },
    },
    visible: (row, context) => visibleTo(face, row('id'), row, context),
    notFound: 'ApprovalNotFound',
  };
  const stages: EntitySet = {
    name: face.stages,
    type: face.navigation === 'stages' ? 'microsoft.graph.approvalStage' : 'microsoft.graph.approvalStep',
    from: (context) => sql`(select * from ${stagesAt(context)} as step where step.door = ${face.door})`,
    properties: stageProperties,
    visible: (row, context) => visibleTo(face, row('approval_id'), row, context),
    notFound: 'ApprovalStageNotFound',
  };
  return [approvals, stages];
}
