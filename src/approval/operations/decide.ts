import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, orRefuse, refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { decideTakeBack, decideVote, positionOf } from '../decisions.ts';
import type { About, Approval, ApprovalState, Door, StageSnapshot, Vote } from '../model.ts';
import { progressOf, reminderOf } from '../progress.ts';
import {
  type ApprovalTables,
  closeUnbegun,
  insertApproval,
  insertVote,
  loadApproval,
  loadApprovers,
  markDecided,
  markTakenBack,
  markWithdrawn,
} from '../store.ts';
import { type ApproverPorts, findApprovers, refreshApprovers, withAccounts } from './approvers.ts';
import { announceEscalation } from './escalate.ts';
import { present } from './present.ts';
import { record, stageData, timesData } from './record.ts';

/** An approval to be opened. */
export interface OpenApproval {
  /** The id of the request, which becomes the approval's. */
  readonly id: Id;
  readonly door: Door;
  readonly requestorId: Id;
  readonly subjectId: Id;
  /** At least one. */
  readonly stages: readonly StageSnapshot[];
  /** Whether one person may decide several stages; not unless said. */
  readonly allowsSameApproverInSeveralStages?: boolean;
  readonly about?: About;
  readonly correlation: Id;
  /** What the requestor says it is for. */
  readonly justification?: string | null;
  readonly ports: ApproverPorts;
}

/** Somebody's decision about a stage. */
export interface StageDecision {
  readonly approvalId: Id;
  readonly stageId: Id;
  readonly decision: 'approve' | 'deny';
  readonly justification: string;
  readonly ports: ApproverPorts;
}

/**
 * Opens an approval and its first stage, whose approvers are found now. The door schedules its own work at the
 * deadline of the state that is given.
 */
export async function openApproval(tx: Tx, asked: OpenApproval): Promise<ApprovalState> {
  const approval: Approval = {
    id: asked.id,
    door: asked.door,
    requestorId: asked.requestorId,
    subjectId: asked.subjectId,
    stages: inOrderOfIds(asked.stages),
    allowsSameApproverInSeveralStages: asked.allowsSameApproverInSeveralStages ?? false,
    about: asked.about ?? null,
    justification: asked.justification ?? null,
    openedAt: tx.now,
    withdrawnAt: null,
    correlation: asked.correlation,
    votes: [],
  };
  await insertApproval(tx.db<ApprovalTables>(), approval);
  const { stages, allowsSameApproverInSeveralStages } = approval;
  const snapshot = { stages, allowsSameApproverInSeveralStages };
  await record(tx, approval, 'opened', { snapshot }, approval.justification);
  return openStage(tx, approval, asked.ports);
}

/**
 * Decides a stage as the caller. Who may decide is found anew, so that a person who has left the group, has lost
 * their account or is no longer the manager cannot. After an approval the next stage opens at the same instant.
 * Refuses as `decideVote` says, and `ApprovalNotFound` (404), `NotAnApprover` (403) for callers who are no person.
 */
export async function decideStage(tx: Tx, asked: StageDecision): Promise<ApprovalState> {
  const approval = await present(tx, asked.approvalId);
  const { decision } = asked;
  const db = tx.db<ApprovalTables>();
  const vote = await voteOf(tx, approval, asked);
  const { stage } = vote;
  await insertVote(db, approval.id, vote, nameOf(tx), approval.allowsSameApproverInSeveralStages);
  await closeUnbegun(db, approval.id, tx.now);
  const after = { ...approval, votes: [...approval.votes, vote] };
  const happening = decision === 'approve' ? 'stageApproved' : 'stageDenied';
  await record(tx, after, happening, { ...(await stageData(tx, after, stage)), decision }, vote.justification);
  const state = progressOf(after, tx.now);
  if (state.is === 'pending') return openStage(tx, after, asked.ports);
  await markDecided(db, approval.id, tx.now);
  return state;
}

/**
 * Refuses unless the caller could decide the open stage of an approval now, as `decideStage` would: for what approvers
 * may do besides deciding.
 */
export async function demandDecider(tx: Tx, approvalId: Id, ports: ApproverPorts): Promise<void> {
  const approval = await present(tx, approvalId);
  const state = progressOf(approval, tx.now);
  const position = state.is === 'approved' ? approval.stages.length : state.stage;
  const stageId = approval.stages[position - 1]?.id ?? '';
  await voteOf(tx, approval, { stageId, decision: 'approve', justification: '-', ports });
}

/** The vote that a decision of the caller would be now, by the approvers as they are now. */
async function voteOf(tx: Tx, approval: Approval, asked: Omit<StageDecision, 'approvalId'>): Promise<Vote> {
  if (tx.caller.kind !== 'user') return refuseNow('forbidden', 'NotAnApprover', 'Only a person can decide.');
  await announceEscalation(tx, approval);
  await refreshApprovers(tx, approval, asked.ports);
  const { stageId, decision, justification } = asked;
  const stage = positionOf(approval, stageId);
  const approvers = new Set(await loadApprovers(tx.db<ApprovalTables>(), approval.id, stage, tx.now));
  const judged = { approval: await withAccounts(tx, approval, asked.ports), approvers };
  return orRefuse(decideVote({ stageId, voterId: tx.caller.id, decision, justification }, judged, tx.now));
}

/** How an approval stands now. Refuses with `ApprovalNotFound` (404). */
export async function approvalState(tx: Tx, id: Id): Promise<ApprovalState> {
  return progressOf(await present(tx, id), tx.now);
}

/** Ends a pending approval because its request is cancelled; one that has ended is left as it is. */
export async function withdrawApproval(tx: Tx, id: Id): Promise<ApprovalState> {
  const approval = await present(tx, id);
  const state = progressOf(approval, tx.now);
  if (state.is !== 'pending') return state;
  await announceEscalation(tx, approval);
  const data = await stageData(tx, approval, state.stage);
  await markWithdrawn(tx.db(), id, tx.now);
  await closeUnbegun(tx.db(), id, tx.now);
  const withdrawn = { ...approval, withdrawnAt: tx.now };
  await record(tx, withdrawn, 'withdrawn', data);
  return progressOf(withdrawn, tx.now);
}

/**
 * Takes the caller's approval of an earlier stage back while a later one is still to be decided, which denies the
 * request. Refuses as `decideTakeBack` says, and `ApprovalNotFound` (404).
 */
export async function takeApprovalBack(tx: Tx, id: Id, reason: string): Promise<ApprovalState> {
  const approval = await present(tx, id);
  const vote = orRefuse(decideTakeBack({ voterId: callerId(tx) ?? '', reason }, approval, tx.now));
  await announceEscalation(tx, approval);
  const open = progressOf(approval, tx.now);
  const asked = open.is === 'pending' ? await stageData(tx, approval, open.stage) : {};
  await markTakenBack(tx.db(), id, vote.stage, tx.now, reason.trim());
  await closeUnbegun(tx.db(), id, tx.now);
  const after = { ...approval, votes: approval.votes.map((one) => (one.stage === vote.stage ? vote : one)) };
  await record(tx, after, 'approvalTakenBack', { ...asked, takenBackStage: vote.stage }, reason.trim());
  return progressOf(after, tx.now);
}

/** Whether the caller could take an approval of theirs back now, with a reason; nothing is changed. */
export async function foreseeTakeBack(tx: Tx, id: Id): Promise<Outcome<void>> {
  const command = { voterId: callerId(tx) ?? '', reason: 'foreseen' };
  const outcome = decideTakeBack(command, await present(tx, id), tx.now);
  return outcome.is === 'accepted' ? accept(undefined) : outcome;
}

/** Whether the caller has approved a stage of an approval. */
export async function hasApproved(tx: Tx, id: Id): Promise<boolean> {
  const approval = await loadApproval(tx.db<ApprovalTables>(), id);
  return (approval?.votes ?? []).some((vote) => vote.voterId === callerId(tx) && vote.decision === 'approve');
}

function nameOf({ caller }: Tx): string {
  return caller.kind === 'system' ? 'Sallyport' : caller.displayName;
}

function callerId({ caller }: Tx): Id | null {
  return caller.kind === 'user' ? caller.id : null;
}

/** Hands the stages their ids in ascending order, so that a list in the order of keys is in the order of stages. */
function inOrderOfIds(stages: readonly StageSnapshot[]): StageSnapshot[] {
  const ids = stages.map((stage) => stage.id).sort();
  return stages.map((stage, index) => ({ ...stage, id: ids[index] ?? stage.id }));
}

async function openStage(tx: Tx, approval: Approval, ports: ApproverPorts): Promise<ApprovalState> {
  const state = progressOf(approval, tx.now);
  if (state.is !== 'pending') return state;
  await findApprovers(tx, approval, state, ports);
  await record(tx, approval, 'stageOpened', {
    ...(await stageData(tx, approval, state.stage)),
    ...timesData(state),
  });
  if (state.escalatesAt !== null) {
    await tx.schedule({ kind: 'approval.escalation', subject: approval.id, at: state.escalatesAt });
  }
  if (approval.door === 'package') {
    await tx.schedule({ kind: 'approval.reminder', subject: approval.id, at: reminderOf(tx.now, state.deadline) });
  }
  return state;
}
