import { endOf, type Grant, type Link, type Path } from '../../grants/index.ts';
import type { Caller, UserCaller } from '../../kernel/caller.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { after, type Instant, isBefore, type Window } from '../../kernel/time.ts';
import { awaitsApproval, demandAll, evaluate, type RequestFacts } from '../../requirement/index.ts';
import { activationRequirements, assignmentRequirements } from '../policy/requirements.ts';
import type { Rules } from '../policy/rule.ts';
import { type AskedSchedule, lengthOf, shortest, windowOf } from './schedule.ts';

/** What a request brings besides its schedule. */
export interface Evidence {
  readonly hasMfa: boolean;
  /** The authentication contexts that the sign-in satisfied. */
  readonly contexts: readonly string[];
  readonly justification: string | null;
  readonly ticketNumber: string | null;
}

/** What somebody who wants to activate meets, loaded in the same transaction. */
export interface ActivationFacts {
  readonly rules: Rules;
  /** Whether the authentication context that the rules demand is published. */
  readonly isContextPublished: boolean;
  /** The ways to an eligible grant of the privilege, the longest-lived first. */
  readonly paths: readonly Path[];
  /** The principal's own active grants of the privilege that have not ended. */
  readonly held: readonly Grant[];
  /** Whether a request of the same principal for the same privilege waits for an approval. */
  readonly isPending: boolean;
}

/** A permitted activation: at once, or as soon as somebody approves. */
export interface Activation {
  readonly window: Window;
  readonly path: Path;
  readonly needsApproval: boolean;
}

/**
 * Activating and giving back is for the person themselves: gives the caller if they are the principal. Refused with
 * `Authorization_RequestDenied` (403) for everybody else.
 */
export function decideForSelf(caller: Caller, principalId: Id): Outcome<UserCaller> {
  if (caller.kind === 'user' && caller.id === principalId) return accept(caller);
  const message = 'People activate and deactivate for themselves only.';
  return refuse('forbidden', 'Authorization_RequestDenied', message, 'principalId');
}

/**
 * Whether a person may activate. Refused with `PendingRoleAssignmentRequest`, `RoleAssignmentExists`,
 * `ActiveDurationTooShort` or the rules that failed (all 400).
 */
export function decideActivation(
  schedule: AskedSchedule,
  evidence: Evidence,
  facts: ActivationFacts,
  now: Instant,
): Outcome<Activation> {
  if (facts.isPending) return pendingAlready();
  const window = windowOf(schedule, now);
  if (window.is === 'refused') return window;
  const path = facts.paths[0];
  const results = evaluate(
    activationRequirements(facts.rules, facts.isContextPublished),
    requestFacts(evidence, window.value, path !== undefined),
  );
  const met = demandAll(results);
  if (met.is === 'refused') return met;
  if (path === undefined) throw new Error('Eligibility was judged without a path');
  if (overlapping(facts.held, window.value)) return existsAlready();
  return accept({ window: window.value, path, needsApproval: awaitsApproval(results) });
}

/**
 * Whether an approved activation can still start: what was judged when it was asked for (duration, MFA,
 * justification) stays judged, but the person must be eligible and their account usable now.
 */
export function decideStart(
  schedule: AskedSchedule,
  facts: Pick<ActivationFacts, 'paths' | 'held'>,
  now: Instant,
): Outcome<{ window: Window; path: Path }> {
  const window = windowOf(schedule, now);
  if (window.is === 'refused') return window;
  const path = facts.paths[0];
  if (path === undefined) return notEligible();
  if (overlapping(facts.held, window.value)) return existsAlready();
  return accept({ window: window.value, path });
}

/** Whether an administrator may make a principal eligible or active. The same refusals as for an activation. */
export function decideAssignment(
  schedule: AskedSchedule,
  evidence: Evidence,
  facts: { readonly rules: Rules; readonly held: readonly Grant[]; readonly mode: 'eligible' | 'active' },
  now: Instant,
): Outcome<Window> {
  const window = windowOf(schedule, now);
  if (window.is === 'refused') return window;
  const results = evaluate(assignmentRequirements(facts.rules, facts.mode), requestFacts(evidence, window.value, true));
  const met = demandAll(results);
  if (met.is === 'refused') return met;
  // What somebody activated passes; what an administrator gives besides is another thing.
  const given = facts.held.filter((grant) => grant.origin.kind !== 'activation');
  return overlapping(given, window.value) ? existsAlready() : window;
}

/**
 * What a removal or deactivation ends. Refused with `RoleAssignmentDoesNotExist` if there is nothing, and with
 * `ActiveDurationTooShort` in the first five minutes (both 400).
 */
export function decideRemoval(held: readonly Grant[], now: Instant): Outcome<readonly Grant[]> {
  if (held.length === 0) return existsNot();
  const tooYoung = held.some((grant) => {
    const since = isBefore(grant.startsAt, grant.givenAt) ? grant.givenAt : grant.startsAt;
    return !isBefore(now, since) && isBefore(now, after(since, shortest));
  });
  if (!tooYoung) return accept(held);
  return refuse(
    'invalid',
    'ActiveDurationTooShort',
    'It has been in force for less than five minutes. Try again when they have passed.',
  );
}

/** What an activation hangs on: the eligibility, and every membership on the way to it. */
export function linksOf(path: Path, memberships: readonly Grant[]): Link[] {
  return [path.grant, ...memberships].map((grant) => ({
    kind: 'grant',
    id: grant.id,
    endsAt: endOf(grant),
  }));
}

/** The story that an activation belongs to: that of the package it came through, if it came through one. */
export function storyOf(path: Path, memberships: readonly Grant[]): Id | null {
  const told = [...memberships, path.grant].find(
    (grant) => grant.origin.kind === 'package' || grant.origin.kind === 'activation',
  );
  return told?.correlation ?? null;
}

/** What a request brings, as the requirements look at it. */
export function requestFacts(evidence: Evidence, window: Window, isEligible: boolean): RequestFacts {
  return {
    ...evidence,
    isEligible,
    duration: lengthOf(window),
    meetsContext: (context) => evidence.contexts.includes(context),
    isApproved: false,
  };
}

function overlapping(grants: readonly Grant[], window: Window): boolean {
  return grants.some((grant) => {
    const until = endOf(grant);
    const startsBeforeEnd = window.until === null || isBefore(grant.startsAt, window.until);
    return startsBeforeEnd && (until === null || isBefore(window.from, until));
  });
}

function notEligible(): Outcome<never> {
  return refuse(
    'invalid',
    'RoleAssignmentRequestPolicyValidationFailed',
    'The following policy rules failed: ["EligibilityRule"]',
  );
}

function existsAlready(): Outcome<never> {
  return refuse('invalid', 'RoleAssignmentExists', 'The Role assignment already exists. Look at its schedule first.');
}

/** The refusal of what is about an assignment that is not there. */
export function existsNot(): Outcome<never> {
  return refuse('invalid', 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.');
}

/** The refusal of a second request while another waits. */
export function pendingAlready(): Outcome<never> {
  return refuse(
    'invalid',
    'PendingRoleAssignmentRequest',
    'There is a pending request already. Wait for the decision, or cancel that request first.',
  );
}
