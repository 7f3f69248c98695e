import { type Binding, bindingEnd, type Ending } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refused } from '../../kernel/outcome.ts';
import { after, earliest, type Instant, isBefore, parseInstant, type Window } from '../../kernel/time.ts';
import type { ExpirationDocument } from '../policy/document.ts';
import { expirationLength } from '../policy/rules.ts';
import { wrong } from '../refusals.ts';

/** Why an assignment ended before its planned end. */
export type EndReason =
  | 'removedByTarget'
  | 'removedByAdministrator'
  /** An approver took their approval back. */
  | 'removedByApprover'
  /** Its target has left the scope of its policy: the end lies ahead, or nobody has announced it yet. */
  | 'leaving'
  | 'leftScope'
  | 'policyDeleted'
  /** Its target has been given the package anew, while this one was about to end. */
  | 'replaced'
  /** All that it gave is gone: the group was deleted, or the person was taken out of it. */
  | 'contentsGone';

/** A package that somebody has been given, for a window. */
export interface Assignment {
  readonly id: Id;
  readonly packageId: Id;
  readonly policyId: Id;
  readonly targetId: Id;
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Why the planned end is where it is; null for an assignment without end. */
  readonly binding: Binding | null;
  readonly correlation: Id;
}

/** How an assignment stands at an instant. Graph knows more states, for targets outside of this server. */
export type AssignmentState =
  | { readonly is: 'delivered'; readonly until: Instant | null }
  | { readonly is: 'expired'; readonly at: Instant };

/** Which states may follow which: time or a removal ends an assignment, and nothing brings it back. */
export const assignmentTransitions: Readonly<Record<AssignmentState['is'], readonly AssignmentState['is'][]>> = {
  delivered: ['expired'],
  expired: [],
};

/** How an assignment stands at an instant. Its end is a predicate: nobody has to do anything. */
export function assignmentState(assignment: Pick<Assignment, 'endsAt' | 'endedAt'>, now: Instant): AssignmentState {
  const end = earliest(assignment.endsAt, assignment.endedAt);
  return end !== null && !isBefore(now, end) ? { is: 'expired', at: end } : { is: 'delivered', until: end };
}

/** When an assignment starts and ends, and why it ends then. */
export interface Term {
  readonly window: Window;
  readonly binding: Binding | null;
}

/**
 * The one true term of an assignment that starts now: its end is the earliest of what the expiration says and of the
 * longest that PIM allows for what the package gives (`limits`), so that nobody is assigned a package whose access has
 * ended. (Entra lets the package go on as assigned.) Refuses with `ExpirationPassed` (400) if the end is in the past.
 */
export function assignmentTerm(
  expiration: ExpirationDocument,
  limits: readonly Ending[],
  now: Instant,
  by: 'policy' | 'requested' = 'policy',
): Outcome<Term> {
  const { until, binding } = bindingEnd([{ at: endOf(expiration, now), by }, ...limits]);
  if (until !== null && !isBefore(now, until)) {
    return expirationPassed();
  }
  return accept({ window: { from: now, until }, binding });
}

/**
 * The window that an expiration alone means for an assignment that starts now. Refuses as `assignmentTerm` does.
 */
export function assignmentWindow(expiration: ExpirationDocument, now: Instant): Outcome<Window> {
  const term = assignmentTerm(expiration, [], now);
  return term.is === 'refused' ? term : accept(term.value.window);
}

/** The refusal of a window that ends before it begins. */
export function expirationPassed(): Refused {
  return wrong('ExpirationPassed', 'The day on which assignments end has passed.', 'expiration');
}

function endOf(expiration: ExpirationDocument, from: Instant): Instant | null {
  switch (expiration.type) {
    case 'afterDateTime':
      return expiration.endDateTime === null ? null : parseInstant(expiration.endDateTime);
    case 'afterDuration': {
      const length = expirationLength(expiration);
      return length === null ? null : after(from, length);
    }
    case 'noExpiration':
    case 'notSpecified':
      return null;
    default:
      return expiration.type satisfies never;
  }
}
