import type { Kysely } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import { type Instant, longestDuration } from '../kernel/time.ts';
import type { Approvers } from './approvers.ts';
import type { Approval, Door, Vote } from './model.ts';

interface ApprovalRow {
  id: Id;
  door: Door;
  requestor_id: Id;
  subject_id: Id;
  snapshot: Pick<Approval, 'stages' | 'about' | 'justification'>;
  opened_at: Instant;
  correlation_id: Id;
  withdrawn_at: Instant | null;
  decided_at: Instant | null;
}

interface ApproverRow {
  approval_id: Id;
  stage: number;
  user_id: Id;
  source: 'primary' | 'fallback';
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
}

/** The tables of approvals. */
export interface ApprovalTables {
  approval: ApprovalRow;
  approval_approver: ApproverRow;
  vote: VoteRow;
}

type Db = Kysely<ApprovalTables>;

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
    })
    .execute();
}

function snapshotOf({ stages, about, justification }: Approval): ApprovalRow['snapshot'] {
  return { stages, about, justification };
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
  return { stage, voterId: row.voter_id, decision, justification, at };
}

/** Ids of approvals that no vote has ended and that may still be pending at an instant. */
export async function loadOpenApprovals(db: Db, at: Instant): Promise<Id[]> {
  const rows = await db
    .selectFrom('approval')
    .select('id')
    .where('withdrawn_at', 'is', null)
    .where('decided_at', 'is', null)
    .where('opened_at', '>', at.subtract(longestDuration))
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** The approvers of a stage whose window is open. */
export async function loadApprovers(db: Db, approvalId: Id, stage: number): Promise<ApproverRow[]> {
  return db
    .selectFrom('approval_approver')
    .selectAll()
    .where('approval_id', '=', approvalId)
    .where('stage', '=', stage)
    .where('valid_to', 'is', null)
    .orderBy('user_id')
    .execute();
}

/** Makes the open windows of a stage those of these approvers, from an instant on; the others are closed then. */
export async function saveApprovers(
  db: Db,
  approvalId: Id,
  stage: number,
  approvers: Approvers,
  from: Instant,
): Promise<void> {
  const before = await loadApprovers(db, approvalId, stage);
  const stays = (row: ApproverRow) => row.source === approvers.source && approvers.userIds.includes(row.user_id);
  for (const row of before.filter((one) => !stays(one))) {
    await db
      .updateTable('approval_approver')
      .set({ valid_to: from })
      .where('approval_id', '=', approvalId)
      .where('stage', '=', stage)
      .where('user_id', '=', row.user_id)
      .where('valid_to', 'is', null)
      .execute();
  }
  const staying = new Set(before.filter(stays).map((row) => row.user_id));
  const source = approvers.source;
  for (const userId of approvers.userIds.filter((id) => !staying.has(id))) {
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

export async function insertVote(db: Db, approvalId: Id, vote: Vote, voterName: string): Promise<void> {
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
    })
    .execute();
}

/** Marks an approval as ended by a vote, so that it is no longer looked for among the open ones. */
export async function markDecided(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('approval').set({ decided_at: at }).where('id', '=', id).execute();
}

export async function markWithdrawn(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('approval').set({ withdrawn_at: at }).where('id', '=', id).execute();
}
