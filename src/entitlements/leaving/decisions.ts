import { after, earliest, type Instant, isBefore, parseDuration } from '../../kernel/time.ts';
import type { ScopeLeaving, Settings } from '../../settings/index.ts';
import type { PolicyDocument } from '../policy/document.ts';

/** Whether a person is in the scope of a policy now, and until when, where time alone takes them out of it. */
export type ScopeStay = { readonly is: 'in'; readonly until: Instant | null } | { readonly is: 'out' };

/** What becomes of an assignment when its target leaves the scope of its policy; `grace` is ISO 8601. */
export interface LeavingRule {
  readonly what: ScopeLeaving;
  readonly grace: string;
}

/** What is to be done about an assignment: its early end is moved, taken back, or now; or all is as it should be. */
export type LeavingStep =
  | { readonly is: 'nothing' | 'stay' | 'endNow' }
  | { readonly is: 'leave'; readonly at: Instant };

type Leaving = Pick<
  Settings,
  'whenTargetLeavesScope' | 'whenTargetLeavesScopeOfPrivileged' | 'gracePeriodAfterLeavingScope'
>;

/**
 * Which rule holds for the assignments of a policy: what an automatic policy says itself, else what the organisation
 * has settled, for packages that lead to privileged roles apart.
 */
export function leavingRule(
  { automaticRequestSettings: automatic }: Pick<PolicyDocument, 'automaticRequestSettings'>,
  settings: Leaving,
  isPrivileged: boolean,
): LeavingRule {
  if (automatic?.requestAccessForAllowedTargets && automatic.removeAccessWhenTargetLeavesAllowedTargets) {
    return { what: 'end', grace: automatic.gracePeriodBeforeAccessRemoval ?? 'PT0S' };
  }
  const what = isPrivileged ? settings.whenTargetLeavesScopeOfPrivileged : settings.whenTargetLeavesScope;
  return { what, grace: settings.gracePeriodAfterLeavingScope };
}

/**
 * What is to be done about an assignment, given how its target stands to the scope of its policy. The grace period
 * counts from the moment of leaving: looking again later never makes it longer. Where it is known when somebody will
 * leave (their membership has an end), the end of the assignment is known as well, so that access ends at it though
 * nobody is awake then. `askAgain` ends like `end`; it is told apart by who is told what.
 */
export function decideLeaving(stay: ScopeStay, rule: LeavingRule, planned: Instant | null, now: Instant): LeavingStep {
  const leavesAt = rule.what === 'keep' ? null : stay.is === 'in' ? stay.until : now;
  if (leavesAt === null) return { is: planned === null ? 'nothing' : 'stay' };
  const afresh = after(leavesAt, parseDuration(rule.grace) ?? new Temporal.Duration());
  const at = stay.is === 'out' ? (earliest(planned, afresh) ?? afresh) : afresh;
  if (!isBefore(now, at)) return { is: 'endNow' };
  return planned?.equals(at) ? { is: 'nothing' } : { is: 'leave', at };
}
