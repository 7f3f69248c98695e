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

type Open = Omit<Extract<ApprovalState, { is: 'pending' }>, 'is'>;

/**
 * How an approval stands at an instant. The only place that says what "stage 2 timed out" means:
 * the stages are walked in order; the first opens with the approval, each other at the instant of the approval of
 * the one before; a stage without a vote is open until its deadline, and from then on it has timed out. An approval
 * that is taken back while a later stage is open denies the request.
 *
 * INVARIANT: approved only if every stage has a vote to approve that lies before the deadline of its stage.
 */
export function progressOf(facts: ProgressFacts, now: Instant): ApprovalState {
  const reached = walk(facts);
  return reached.is === 'open' ? undecided(facts, reached.open, now) : reached;
}

/** The stage that nobody has decided yet, or the end that votes have brought. */
function walk(
  facts: ProgressFacts,
): { is: 'open'; open: Open } | Extract<ApprovalState, { is: 'approved' | 'denied' }> {
  let opensAt = facts.openedAt;
  for (const [index, snapshot] of facts.stages.entries()) {
    const stage = index + 1;
    const deadline = deadlineOf(snapshot, opensAt);
    const vote = facts.votes.find((one) => one.stage === stage && isBefore(one.at, deadline));
    if (vote === undefined) {
      return { is: 'open', open: { stage, opensAt, deadline, escalatesAt: escalationOf(snapshot, opensAt) } };
    }
    if (vote.decision === 'deny') return { is: 'denied', at: vote.at, by: vote.voterId, stage };
    opensAt = vote.at;
  }
  return { is: 'approved', at: opensAt };
}

function undecided(facts: ProgressFacts, open: Open, now: Instant): ApprovalState {
  const regretted = facts.votes.find((vote) => vote.takenBackAt && isBefore(vote.takenBackAt, open.deadline));
  if (regretted?.takenBackAt) {
    return { is: 'denied', at: regretted.takenBackAt, by: regretted.voterId, stage: regretted.stage };
  }
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

/** The instant from which alternates may decide a stage that opened at another; null if never. */
export function escalationOf(
  stage: Pick<StageSnapshot, 'decisionTime' | 'escalation'>,
  opensAt: Instant,
): Instant | null {
  if (stage.escalation === undefined) return null;
  const at = after(opensAt, parseDuration(stage.escalation.after) ?? longestDuration);
  return isBefore(at, deadlineOf(stage, opensAt)) ? at : null;
}

/**
 * The stage that had escalated by an instant while nobody had decided it, and when; null if the last stage reached has
 * not. Also after the stage has ended by time, so that what nobody announced in time can still be told.
 */
export function escalated(facts: ProgressFacts, now: Instant): { readonly stage: number; readonly at: Instant } | null {
  const reached = walk(facts);
  if (reached.is !== 'open') return null;
  const { stage, escalatesAt } = reached.open;
  if (escalatesAt === null || isBefore(now, escalatesAt)) return null;
  const state = progressOf(facts, now);
  const isOver = state.is === 'denied' || state.is === 'withdrawn';
  return isOver && isBefore(state.at, escalatesAt) ? null : { stage, at: escalatesAt };
}

/**
 * When the approvers of a stage are reminded: a day before the deadline, or halfway there where that is nearer. Microsoft
 * gives no number; a reminder that comes when nothing can be done any more is none.
 */
export function reminderOf(opensAt: Instant, deadline: Instant): Instant {
  const half = opensAt.add({
    nanoseconds: Math.floor(Number(deadline.epochNanoseconds - opensAt.epochNanoseconds) / 2),
  });
  const dayBefore = deadline.subtract({ hours: 24 });
  return isBefore(half, dayBefore) ? dayBefore : half.round('microsecond');
}
