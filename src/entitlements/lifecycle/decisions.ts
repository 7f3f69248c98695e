import { after, type Instant } from '../../kernel/time.ts';

/** What the tenant wants to become of a governed guest whose last assignment is gone. */
export type DepartureAction = 'none' | 'blockSignIn' | 'blockSignInAndDelete';

/** What is known when an assignment of somebody has ended. */
export interface DepartureFacts {
  readonly isGuest: boolean;
  readonly isGoverned: boolean;
  /** Whether the person still has, or will have, another package. */
  readonly hasAssignments: boolean;
  readonly action: DepartureAction;
  /** How long after the block the account is deleted. */
  readonly untilDeleted: Temporal.Duration;
}

/** What becomes of somebody: nothing, or the account is blocked now and, where an instant is given, deleted then. */
export type Departure = { readonly is: 'stays' } | { readonly is: 'blocked'; readonly deletedAt: Instant | null };

/**
 * What becomes of somebody when an assignment has ended. Only guests who are governed are touched: others were here
 * for other reasons (Microsoft: "Manage the lifecycle of external users").
 */
export function decideDeparture(facts: DepartureFacts, now: Instant): Departure {
  const { isGuest, isGoverned, hasAssignments, action, untilDeleted } = facts;
  if (!isGuest || !isGoverned || hasAssignments || action === 'none') return { is: 'stays' };
  return { is: 'blocked', deletedAt: action === 'blockSignIn' ? null : after(now, untilDeleted) };
}
