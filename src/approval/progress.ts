import { after, type Instant, isBefore, longestDuration, parseDuration } from '../kernel/time.ts';
import type { Approval, ApprovalState, StageSnapshot } from './model.ts';

/** What the outcome follows from. */
export type ProgressFacts = Pick<Approval, 'stages' | 'openedAt' | 'withdrawnAt' | 'votes'>;

/** Which states may follow which; each stage is `pending` anew. Votes, a withdrawal or time alone move an approval on. */
export const approvalTransitions: Readonly<Record<ApprovalState['is'], readonly ApprovalState['is'][]>> = {
  pending: ['pending', 'approved', 'denied', 'timedOut', 'withdrawn'],
  approved: [],
  denied: [],
  timedOut: [],
  withdrawn: [],
};

/**
 * How an approval stands at an instant. The only place that says what "stage 2 timed out" means:
 * the stages are walked in order; the first opens with the approval, each other at the instant of the approval of
 * the one before; a stage without a vote is open until its deadline, and from then on it has timed out.
 *
 * INVARIANT: approved only if every stage has a vote to approve that lies before the deadline of its stage.
 */
export function progressOf(facts: ProgressFacts, now: Instant): ApprovalState {
  let opensAt = facts.openedAt;
  for (const [index, snapshot] of facts.stages.entries()) {
    const stage = index + 1;
    const deadline = deadlineOf(snapshot, opensAt);
    const vote = facts.votes.find((one) => one.stage === stage && isBefore(one.at, deadline));
    if (vote === undefined) return undecided(facts, { stage, opensAt, deadline }, now);
    if (vote.decision === 'deny') return { is: 'denied', at: vote.at, by: vote.voterId, stage };
    opensAt = vote.at;
  }
  return { is: 'approved', at: opensAt };
}

function undecided(
  facts: ProgressFacts,
  open: { stage: number; opensAt: Instant; deadline: Instant },
  now: Instant,
): ApprovalState {
  if (facts.withdrawnAt !== null && isBefore(facts.withdrawnAt, open.deadline)) {
    return { is: 'withdrawn', at: facts.withdrawnAt, stage: open.stage };
  }
  if (!isBefore(now, open.deadline)) return { is: 'timedOut', at: open.deadline, stage: open.stage };
  return { is: 'pending', ...open };
}

/** The instant from which a stage that opened at another can no longer be decided. */
export function deadlineOf(stage: Pick<StageSnapshot, 'decisionTime'>, opensAt: Instant): Instant {
  // Snapshots are only made of durations that have been checked.
  return after(opensAt, parseDuration(stage.decisionTime) ?? longestDuration);
}
