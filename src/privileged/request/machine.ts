import type { Instant } from '../../kernel/time.ts';
import { isBefore } from '../../kernel/time.ts';

/** How a request to PIM stands. */
export type RequestState =
  /** Somebody has to approve it, before `decideBy`. */
  | { readonly is: 'pendingApproval'; readonly decideBy: Instant }
  /** The person asks for an extension or a renewal: an administrator has to answer, before `decideBy`. */
  | { readonly is: 'pendingAdminDecision'; readonly decideBy: Instant }
  /** What was asked for is in the ledger, perhaps with a start that is yet to come. */
  | { readonly is: 'granted'; readonly at: Instant; readonly startsAt: Instant }
  | { readonly is: 'denied'; readonly at: Instant }
  /** Nobody decided in time. */
  | { readonly is: 'timedOut'; readonly at: Instant }
  | { readonly is: 'canceled'; readonly at: Instant }
  /** Approved, but by then it could not be given any more; `code` is the refusal. */
  | { readonly is: 'failed'; readonly at: Instant; readonly code: string }
  /** A removal or deactivation, done. */
  | { readonly is: 'revoked'; readonly at: Instant };

export type StateName = RequestState['is'];

/** From which state a request may go to which. What is not here never happens. */
export const transitions: Readonly<Record<StateName, readonly StateName[]>> = {
  pendingApproval: ['granted', 'denied', 'timedOut', 'canceled', 'failed'],
  pendingAdminDecision: ['granted', 'denied', 'timedOut', 'canceled'],
  // Only before its start: `mayCancel`.
  granted: ['canceled'],
  denied: [],
  timedOut: [],
  canceled: [],
  failed: [],
  revoked: [],
};

/** The states in which a request can be made. */
export const firstStates: readonly StateName[] = ['pendingApproval', 'pendingAdminDecision', 'granted', 'revoked'];

/** Moves a request on. A move that the table does not know is a fault, not a refusal. */
export function moved(from: RequestState, to: RequestState): RequestState {
  if (!transitions[from.is].includes(to.is)) throw new Error(`A request never goes from ${from.is} to ${to.is}`);
  return to;
}

/** Whether a request can still be canceled: while nobody has decided in time, or before what was granted starts. */
export function mayCancel(state: RequestState, now: Instant): boolean {
  switch (state.is) {
    case 'pendingApproval':
    case 'pendingAdminDecision':
      return isBefore(now, state.decideBy);
    case 'granted':
      return isBefore(now, state.startsAt);
    case 'denied':
    case 'timedOut':
    case 'canceled':
    case 'failed':
    case 'revoked':
      return false;
    default:
      return state satisfies never;
  }
}

/** How a request stands at an instant: silence until the deadline ends it, whether or not that has been written down. */
export function stateAt(state: RequestState, now: Instant): RequestState {
  return 'decideBy' in state && !isBefore(now, state.decideBy) ? { is: 'timedOut', at: state.decideBy } : state;
}

/** What Graph calls it at an instant. `entity.ts` says the same in SQL; a test holds the two together. */
export type WireStatus =
  | 'PendingApproval'
  | 'PendingAdminDecision'
  | 'Granted'
  | 'Provisioned'
  | 'Denied'
  | 'Canceled'
  | 'Failed'
  | 'Revoked';

/** The status on the wire. Silence until the deadline is a denial, whether or not anything has been done about it. */
export function wireStatus(state: RequestState, now: Instant): WireStatus {
  switch (state.is) {
    case 'pendingApproval':
      return isBefore(now, state.decideBy) ? 'PendingApproval' : 'Denied';
    case 'pendingAdminDecision':
      return isBefore(now, state.decideBy) ? 'PendingAdminDecision' : 'Denied';
    case 'granted':
      return isBefore(now, state.startsAt) ? 'Granted' : 'Provisioned';
    case 'denied':
    case 'timedOut':
      return 'Denied';
    case 'canceled':
      return 'Canceled';
    case 'failed':
      return 'Failed';
    case 'revoked':
      return 'Revoked';
    default:
      return state satisfies never;
  }
}
