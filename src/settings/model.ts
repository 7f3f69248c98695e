import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { parseDuration } from '../kernel/time.ts';

export const separations = ['oneDirectional', 'symmetric'] as const;
export const directAssignments = ['bypassesApproval', 'asksForApproval'] as const;
export const scopeLeavings = ['keep', 'end', 'askAgain'] as const;

/** What becomes of access when its holder leaves the scope of the policy that it came by. */
export type ScopeLeaving = (typeof scopeLeavings)[number];

/** What an organisation has settled about governance. README.md says what each means. */
export interface Settings {
  readonly separationOfDuties: (typeof separations)[number];
  readonly directAssignment: (typeof directAssignments)[number];
  readonly whenTargetLeavesScope: ScopeLeaving;
  readonly whenTargetLeavesScopeOfPrivileged: ScopeLeaving;
  /** ISO 8601, zero for at once. */
  readonly gracePeriodAfterLeavingScope: string;
  readonly likeEntra: boolean;
  readonly breakGlassAccounts: readonly Id[];
  /** How long ago multifactor authentication may have been proven, ISO 8601; null for as long as a sign-in lasts. */
  readonly mfaFreshness: string | null;
}

/** What holds until somebody changes it. */
export const defaults: Settings = {
  separationOfDuties: 'oneDirectional',
  directAssignment: 'bypassesApproval',
  whenTargetLeavesScope: 'keep',
  whenTargetLeavesScopeOfPrivileged: 'end',
  gracePeriodAfterLeavingScope: 'PT0S',
  likeEntra: false,
  breakGlassAccounts: [],
  mfaFreshness: null,
};

export const settingNames = Object.keys(defaults) as readonly (keyof Settings)[];

/** Shorter than this, a proof would be too old by the time that it is used. */
const shortestFreshness = Temporal.Duration.from('PT1M');

function isKeepable(freshness: string | null): boolean {
  if (freshness === null) return true;
  const duration = parseDuration(freshness);
  return duration !== null && Temporal.Duration.compare(duration, shortestFreshness) >= 0;
}

/**
 * Whether somebody whose accounts are `own` may grant to themselves, because the organisation wants it like Entra.
 * INVARIANT: whoever turned the setting on gains nothing by it, so that it never takes one person alone: it holds for
 * everybody else.
 * @param settledBy who gave the setting the value that it has now; null where nobody is known
 */
export function allowsSelfGrant(likeEntra: boolean, settledBy: Id | null, own: ReadonlySet<Id>): boolean {
  return likeEntra && (settledBy === null || !own.has(settledBy));
}

/**
 * Which settings a change really changes. Refused with `DurationNotValid` (400), also for a freshness of MFA that nobody
 * could keep, and with `SelfGrantNotAllowed` (403)
 * if somebody would make an account of their own (`own`, linked ones too) one that may grant to itself.
 */
export function decideChange(
  before: Settings,
  wanted: Partial<Settings>,
  own: ReadonlySet<Id>,
): Outcome<ReadonlyMap<keyof Settings, unknown>> {
  const grace = wanted.gracePeriodAfterLeavingScope;
  if (grace !== undefined && parseDuration(grace) === null) {
    return refuse('invalid', 'DurationNotValid', 'Send a duration such as P7D.', 'gracePeriodAfterLeavingScope');
  }
  if (!isKeepable(wanted.mfaFreshness ?? null)) {
    return refuse('invalid', 'DurationNotValid', 'Send null, or a duration of at least PT1M.', 'mfaFreshness');
  }
  const added = (wanted.breakGlassAccounts ?? []).filter((id) => !before.breakGlassAccounts.includes(id));
  if (added.some((id) => own.has(id))) {
    const message = 'Nobody names an account of their own as one that may grant to itself.';
    return refuse('forbidden', 'SelfGrantNotAllowed', message, 'breakGlassAccounts');
  }
  const changed = settingNames.filter(
    (name) => wanted[name] !== undefined && JSON.stringify(wanted[name]) !== JSON.stringify(before[name]),
  );
  return accept(new Map(changed.map((name) => [name, wanted[name]])));
}
