import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, type Refused, refuse } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import { barred } from './barred.ts';
import type { Approval, Vote } from './model.ts';
import { progressOf } from './progress.ts';

/** Somebody wants to decide a stage. */
export interface DecideStage {
  readonly stageId: Id;
  readonly voterId: Id;
  readonly decision: 'approve' | 'deny';
  readonly justification: string;
}

/** What the decision is checked against. */
export interface DecideFacts {
  readonly approval: Approval;
  /**
   * Who could decide the stage: now if it is open (alternates only once it has escalated), at its end if it is over;
   * empty if it has not opened.
   */
  readonly approvers: ReadonlySet<Id>;
}

/** The position of a stage, counted from 1; 0 if the approval has no such stage. */
export function positionOf(approval: Pick<Approval, 'stages'>, stageId: Id): number {
  return approval.stages.findIndex((stage) => stage.id === stageId) + 1;
}

/**
 * Whether somebody may decide a stage now, and the vote if so.
 * Refuses: `ApprovalStageNotFound` (404), `OwnRequestNotDecidable`, `DistinctApproversRequired` and `NotAnApprover`
 * (403), `ApprovalStageNotOpen`, `ApprovalStageDecided`, `ApprovalStageExpired`, `ApprovalClosed` (409),
 * `JustificationRequired` (400).
 */
export function decideVote(command: DecideStage, facts: DecideFacts, now: Instant): Outcome<Vote> {
  const stage = positionOf(facts.approval, command.stageId);
  const snapshot = facts.approval.stages[stage - 1];
  if (snapshot === undefined) return refuse('absent', 'ApprovalStageNotFound', 'The approval has no such stage.');
  const no = excluded(command.voterId, stage, facts) ?? shut(stage, facts.approval, now);
  if (no !== null) return no;
  const justification = command.justification.trim();
  if (snapshot.isApproverJustificationRequired && justification === '') {
    return refuse('invalid', 'JustificationRequired', 'Say why: this stage asks for a justification.', 'justification');
  }
  return accept({ stage, voterId: command.voterId, decision: command.decision, justification, at: now });
}

/** Why this person cannot decide the stage, whatever the hour; null if they could. */
function excluded(voterId: Id, stage: number, { approval, approvers }: DecideFacts): Refused | null {
  const { gaining, spent } = barred(approval, stage);
  if (gaining.has(voterId)) {
    return refuse('forbidden', 'OwnRequestNotDecidable', 'Nobody decides a request of their own or for themselves.');
  }
  if (spent.has(voterId)) {
    return refuse(
      'forbidden',
      'DistinctApproversRequired',
      'The caller has decided another stage of this request. Each stage needs a different person.',
    );
  }
  if (stage > approval.votes.length + 1) {
    return refuse('conflict', 'ApprovalStageNotOpen', 'The stages before this one have not been passed.');
  }
  if (!approvers.has(voterId)) {
    return refuse('forbidden', 'NotAnApprover', 'The caller is not an approver of this stage.');
  }
  return null;
}

/** Somebody wants to take an approval back that they gave. */
export interface TakeBack {
  readonly voterId: Id;
  readonly reason: string;
}

/**
 * Whether somebody may take back their approval of an earlier stage while a later one is still to be decided; gives
 * the vote. Refuses: `ApprovalNotGiven` (403) who has approved nothing, `ApprovalClosed` (409) once nothing is to be
 * decided any more, `JustificationRequired` (400).
 */
export function decideTakeBack(command: TakeBack, approval: Approval, now: Instant): Outcome<Vote> {
  const given = approval.votes.find((vote) => vote.voterId === command.voterId && vote.decision === 'approve');
  if (given === undefined) {
    return refuse('forbidden', 'ApprovalNotGiven', 'Only who has approved a stage of the request can take that back.');
  }
  if (progressOf(approval, now).is !== 'pending') {
    return refuse('conflict', 'ApprovalClosed', 'The request is decided or cancelled; nothing is left to decide.');
  }
  if (command.reason.trim() === '') {
    return refuse('invalid', 'JustificationRequired', 'Say why you take the approval back.', 'justification');
  }
  return accept({ ...given, takenBackAt: now });
}

/** Why nobody can decide the stage now; null if it is open. */
function shut(stage: number, approval: Approval, now: Instant): Refused | null {
  if (approval.votes.some((vote) => vote.stage === stage)) {
    return refuse('conflict', 'ApprovalStageDecided', 'This stage has been decided already.');
  }
  const state = progressOf(approval, now);
  switch (state.is) {
    case 'pending':
      return null;
    case 'timedOut':
      return refuse(
        'conflict',
        'ApprovalStageExpired',
        'The time to decide has passed. The request must be made anew.',
      );
    case 'approved':
    case 'denied':
    case 'withdrawn':
      return refuse('conflict', 'ApprovalClosed', 'The request is decided or cancelled; nothing is left to decide.');
    default:
      return state satisfies never;
  }
}
