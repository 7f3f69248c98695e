import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { after, earliest, type Instant, isBefore, parseInstant, type Window } from '../../kernel/time.ts';
import type { ExpirationDocument } from '../policy/document.ts';
import { expirationLength } from '../policy/rules.ts';
import { wrong } from '../refusals.ts';

/** Why an assignment ended before its planned end. */
export type EndReason = 'removedByTarget' | 'removedByAdministrator';

/** A package that somebody has been given, for a window. */
export interface Assignment {
  readonly id: Id;
  readonly packageId: Id;
  readonly policyId: Id;
  readonly targetId: Id;
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
  readonly endedAt: Instant | null;
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

/**
 * The window of an assignment that starts now by an expiration. Refuses with `ExpirationPassed` (400) if the end lies
 * in the past.
 */
export function assignmentWindow(expiration: ExpirationDocument, now: Instant): Outcome<Window> {
  const until = endOf(expiration, now);
  if (until !== null && !isBefore(now, until)) {
    return wrong('ExpirationPassed', 'The day on which assignments end has passed.', 'expiration');
  }
  return accept({ from: now, until });
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
