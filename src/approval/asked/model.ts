import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ApproverSource } from '../approvers.ts';
import type { Approval, ApprovalState } from '../model.ts';
import { deadlineOf, escalationOf } from '../progress.ts';

/** A decision, as it was written down. */
export interface Decided {
  readonly stage: number;
  readonly voterId: Id;
  readonly voterName: string;
  readonly decision: 'approve' | 'deny';
  readonly justification: string;
  readonly at: Instant;
  readonly takenBackAt: Instant | null;
  readonly takenBackReason: string | null;
}

/** Where a stage is: decided, to be decided now, later, or never any more. */
export type StagePlace = 'done' | 'current' | 'ahead' | 'skipped';

/** One stage as it is seen at an instant. */
export interface StageSeen {
  readonly stage: number;
  readonly id: Id;
  readonly place: StagePlace;
  /** Null for a stage that has not opened, or never did. */
  readonly opensAt: Instant | null;
  readonly deadline: Instant | null;
  readonly escalatesAt: Instant | null;
  /** Whether nobody decided it in time. */
  readonly isTimedOut: boolean;
  readonly decisionTime: string;
  readonly isJustificationRequired: boolean;
  /** Whether those who ask are not told who decides. */
  readonly hidesApprovers: boolean;
  readonly vote: Decided | null;
}

/** Somebody who is, was or will be asked to decide a stage, and as whom. */
export interface AskedFor {
  readonly userId: Id;
  readonly source: ApproverSource;
}

/** The stages of an approval at an instant, in their order. The counterpart of `progressOf`, stage by stage. */
export function stagesSeen(approval: Approval, state: ApprovalState, votes: readonly Decided[]): StageSeen[] {
  let opensAt: Instant | null = approval.openedAt;
  return approval.stages.map((snapshot, index) => {
    const stage = index + 1;
    const vote = votes.find((one) => one.stage === stage) ?? null;
    const opened: Instant | null = opensAt;
    const isCurrent = state.is === 'pending' && state.stage === stage;
    const seen: StageSeen = {
      stage,
      id: snapshot.id,
      place: placeOf(vote !== null, isCurrent, state),
      opensAt: opened,
      deadline: opened === null ? null : deadlineOf(snapshot, opened),
      escalatesAt: opened === null ? null : escalationOf(snapshot, opened),
      isTimedOut: state.is === 'timedOut' && state.stage === stage,
      decisionTime: snapshot.decisionTime,
      isJustificationRequired: snapshot.isApproverJustificationRequired,
      hidesApprovers: snapshot.hidesApprovers ?? false,
      vote,
    };
    opensAt = vote?.decision === 'approve' ? vote.at : null;
    return seen;
  });
}

function placeOf(isDecided: boolean, isCurrent: boolean, state: ApprovalState): StagePlace {
  if (isDecided) return 'done';
  if (isCurrent) return 'current';
  return state.is === 'pending' ? 'ahead' : 'skipped';
}
