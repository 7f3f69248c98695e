import type { ApprovalState } from '../../approval/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';

/** How a request stands. Names are Graph's `accessPackageRequestState`, of which these occur. */
export type RequestState =
  | { readonly is: 'pendingApproval'; readonly until: Instant }
  /** Approved; what is then true is checked again at the start, and nothing starts without that check. */
  | { readonly is: 'scheduled'; readonly from: Instant }
  | { readonly is: 'delivered'; readonly at: Instant }
  /** `cause`: the code of what stood in the way. */
  | { readonly is: 'deliveryFailed'; readonly at: Instant; readonly cause: string }
  | { readonly is: 'denied'; readonly at: Instant; readonly cause: 'decision' | 'time' }
  | { readonly is: 'canceled'; readonly at: Instant };

type StateName = RequestState['is'];

/** Which states may follow which; `new` is the beginning. The migration's CHECK knows the same names, by test. */
export const requestTransitions: Readonly<Record<StateName | 'new', readonly StateName[]>> = {
  new: ['pendingApproval', 'scheduled', 'delivered', 'deliveryFailed'],
  pendingApproval: ['pendingApproval', 'scheduled', 'delivered', 'deliveryFailed', 'denied', 'canceled'],
  scheduled: ['delivered', 'deliveryFailed', 'canceled'],
  delivered: [],
  // Tried again, or given up, by an administrator.
  deliveryFailed: ['delivered', 'deliveryFailed', 'canceled'],
  denied: [],
  canceled: [],
};

/**
 * How a request stands at an instant: silence until the deadline denies it, whether or not anybody has written that
 * down. `until` is the deadline of the approval's open stage, so this says again what `approval/progress.ts` decides;
 * `machine.test.ts` holds the two together.
 */
export function requestState(state: RequestState, now: Instant): RequestState {
  if (state.is !== 'pendingApproval' || isBefore(now, state.until)) return state;
  return { is: 'denied', at: state.until, cause: 'time' };
}

/** What a request comes to when its approval stands as it does. */
export type Step = { readonly is: 'wait' | 'end'; readonly state: RequestState } | { readonly is: 'deliver' };

export function stepAfter(approval: ApprovalState): Step {
  switch (approval.is) {
    case 'pending':
      return { is: 'wait', state: { is: 'pendingApproval', until: approval.deadline } };
    case 'approved':
      return { is: 'deliver' };
    case 'denied':
      return { is: 'end', state: { is: 'denied', at: approval.at, cause: 'decision' } };
    case 'timedOut':
      return { is: 'end', state: { is: 'denied', at: approval.at, cause: 'time' } };
    case 'withdrawn':
      return { is: 'end', state: { is: 'canceled', at: approval.at } };
    default:
      return approval satisfies never;
  }
}

/** How a request stands after the attempt to deliver it. */
export function afterDelivery(outcome: Outcome<unknown>, now: Instant): RequestState {
  return outcome.is === 'accepted'
    ? { is: 'delivered', at: now }
    : { is: 'deliveryFailed', at: now, cause: outcome.refusal.code };
}

/** Whether a request stands still until somebody decides or its start comes. */
export function isWaiting(state: RequestState, now: Instant): boolean {
  const seen = requestState(state, now);
  return seen.is === 'pendingApproval' || seen.is === 'scheduled';
}

/**
 * Cancels a request. Its requestor may while it waits; an administrator also gives up one that could not be delivered
 * (Entra: "not yet delivered or delivery failed"). Refuses with `RequestNotCancelable` (400).
 */
export function cancel(state: RequestState, by: 'requestor' | 'administrator', now: Instant): Outcome<RequestState> {
  const seen = requestState(state, now);
  if (isWaiting(seen, now)) return accept({ is: 'canceled', at: now });
  if (seen.is === 'deliveryFailed' && by === 'administrator') return accept({ is: 'canceled', at: now });
  return refuse('invalid', 'RequestNotCancelable', `Only a request that waits can be cancelled; this is ${seen.is}.`);
}

/**
 * Whether a request can be deleted. Refuses with `RequestNotDeletable` (400) while it waits and where access came of
 * it, which stays part of the record.
 */
export function remove(state: RequestState, assignmentId: Id | null, now: Instant): Outcome<void> {
  const seen = requestState(state, now);
  if (!isWaiting(seen, now) && assignmentId === null) return accept(undefined);
  return refuse(
    'invalid',
    'RequestNotDeletable',
    'Only a request that has ended and to which no assignment belongs can be deleted.',
  );
}
