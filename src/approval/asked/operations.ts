import type { Id } from '../../kernel/ids.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { decideVote } from '../decisions.ts';
import type { Approval, ApprovalState, Vote } from '../model.ts';
import { type ApproverPorts, askedOf, resolveApprovers, withAccounts } from '../operations/approvers.ts';
import { present } from '../operations/present.ts';
import { progressOf } from '../progress.ts';
import { type ApprovalTables, type Asked, loadApproval, loadApprovers, loadEverAsked } from '../store.ts';
import { type AskedFor, type StageSeen, stagesSeen } from './model.ts';
import { countDecided, isDecider, loadDecided, loadWaiting, type Waiting, wasEverAsked } from './store.ts';

/** The open stages that a person is asked to decide now, those to be decided first in front. */
export function waitingFor(tx: Tx, userId: Id): Promise<Waiting[]> {
  return loadWaiting(tx.db(), userId, tx.now);
}

/** How many stages of some approvals have been decided, by the approval's id. */
export function decidedStages(tx: Tx, ids: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  return countDecided(tx.db(), ids);
}

/** Whether a person has, or ever had, something to decide. */
export function isApprover(tx: Tx, userId: Id): Promise<boolean> {
  return wasEverAsked(tx.db(), userId, tx.now);
}

/** Whether a person decided a stage of an approval or is an approver of it now: who may see it for that reason. */
export function hasPartIn(tx: Tx, approvalId: Id, userId: Id): Promise<boolean> {
  return isDecider(tx.db(), approvalId, userId, tx.now);
}

/** Who is, was or will be asked at a stage. */
export interface AskedAt {
  /** Who could decide it, can now, or will be asked as things are. */
  readonly approvers: readonly AskedFor[];
  /** Who can besides from its escalation on, which lies ahead. */
  readonly alternates: readonly AskedFor[];
}

/** An approval as it stands now. */
export interface ApprovalSeen {
  readonly approval: Approval;
  readonly state: ApprovalState;
  readonly stages: readonly (StageSeen & AskedAt)[];
}

/**
 * An approval with its stages: who decided each and why, who could, who can now and who could later, by the functions
 * that choose approvers; nothing is saved. Null if there is none with the id.
 */
export async function seeApproval(tx: Tx, id: Id, ports: ApproverPorts): Promise<ApprovalSeen | null> {
  const approval = await loadApproval(tx.db<ApprovalTables>(), id);
  if (approval === null) return null;
  const state = progressOf(approval, tx.now);
  const ever = await loadEverAsked(tx.db<ApprovalTables>(), id, tx.now);
  const stages = [];
  for (const stage of stagesSeen(approval, state, await loadDecided(tx.db(), id))) {
    stages.push({ ...stage, ...(await askedAt(tx, approval, stage, ever, ports)) });
  }
  return { approval, state, stages };
}

async function askedAt(
  tx: Tx,
  approval: Approval,
  { stage, place, escalatesAt }: StageSeen,
  ever: readonly (Asked & { readonly stage: number })[],
  ports: ApproverPorts,
): Promise<AskedAt> {
  if (place === 'done' || place === 'skipped') {
    const asked = new Map(ever.filter((one) => one.stage === stage).map(({ userId, source }) => [userId, source]));
    return { approvers: [...asked].map(([userId, source]) => ({ userId, source })), alternates: [] };
  }
  const chosen = await resolveApprovers(tx, approval, stage, ports);
  const alternates = chosen.alternateIds.map((userId) => ({ userId, source: chosen.alternateSource }));
  const isEscalated = escalatesAt !== null && !isBefore(tx.now, escalatesAt);
  const approvers = chosen.userIds.map((userId) => ({ userId, source: chosen.source }));
  return isEscalated ? { approvers: [...approvers, ...alternates], alternates: [] } : { approvers, alternates };
}

/**
 * What a decision of the caller about the open stage, or the last one, would come to now: the vote, or the refusal of
 * `decideStage`, which finds the approvers anew as this does. Nothing is saved. Refuses with `ApprovalNotFound` (404)
 * where there is none.
 */
export async function foreseeVote(tx: Tx, id: Id, ports: ApproverPorts): Promise<Outcome<Vote>> {
  const approval = await present(tx, id);
  const { caller } = tx;
  if (caller.kind !== 'user') return refuse('forbidden', 'NotAnApprover', 'Only a person can decide.');
  const state = progressOf(approval, tx.now);
  const stage = state.is === 'approved' ? approval.stages.length : state.stage;
  const approvers = await decidersOf(tx, approval, state, stage, ports);
  const command = {
    stageId: approval.stages[stage - 1]?.id ?? '',
    voterId: caller.id,
    decision: 'approve',
    justification: '-',
  } as const;
  const judged = { approval: await withAccounts(tx, approval, ports), approvers: new Set(approvers) };
  return decideVote(command, judged, tx.now);
}

async function decidersOf(
  tx: Tx,
  approval: Approval,
  state: ApprovalState,
  stage: number,
  ports: ApproverPorts,
): Promise<Id[]> {
  if (state.is !== 'pending') return loadApprovers(tx.db<ApprovalTables>(), approval.id, stage, tx.now);
  const asked = askedOf(await resolveApprovers(tx, approval, stage, ports), state.escalatesAt, tx.now);
  return asked.filter(({ from }) => !isBefore(tx.now, from)).map(({ userId }) => userId);
}
