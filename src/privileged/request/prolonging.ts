import type { Grant, Mode } from '../../grants/index.ts';
import type { UserCaller } from '../../kernel/caller.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { after, type Instant, isBefore } from '../../kernel/time.ts';
import { demandAll, evaluate, type Requirements } from '../../requirement/index.ts';
import { approvalRule, assignmentRequirements } from '../policy/requirements.ts';
import type { Rules } from '../policy/rule.ts';
import { decideAssignment, type Evidence, existsNot, pendingAlready, requestFacts } from './decisions.ts';
import { type AskedSchedule, windowOf } from './schedule.ts';

/** What somebody meets who changes, extends or renews an assignment; loaded in the same transaction. */
export interface AssignmentFacts {
  readonly rules: Rules;
  readonly mode: Mode;
  /** The principal's own grants of the privilege, in this mode, that have not ended. */
  readonly held: readonly Grant[];
}

/** How long before its end an assignment can be extended. Source: "Extend or renew PIM for groups assignments". */
export const extensionTime = Temporal.Duration.from('P14D');
/** How long after its end an assignment can be renewed: so long it stays in sight. The same source. */
export const renewalTime = Temporal.Duration.from('P30D');

/** How an assignment is changed. */
export type Change =
  | { readonly is: 'kept'; readonly grant: Grant }
  | { readonly is: 'extended'; readonly grant: Grant; readonly endsAt: Instant | null }
  | { readonly is: 'shortened'; readonly grant: Grant; readonly endsAt: Instant }
  /** It has not started: another takes its place. */
  | { readonly is: 'replaced'; readonly grant: Grant; readonly window: { from: Instant; until: Instant | null } };

/**
 * Whether an administrator may change an assignment (`adminUpdate`), and how: its end earlier or later, its start as
 * long as that lies ahead. What the schedule leaves out stays. Refused with `RoleAssignmentDoesNotExist`,
 * `ScheduleFromPackage`, `InvalidScheduleInfo` or the rules that failed (all 400).
 */
export function decideUpdate(
  schedule: AskedSchedule,
  evidence: Evidence,
  facts: AssignmentFacts,
  now: Instant,
): Outcome<Change> {
  const found = assigned(facts.held);
  if (found.is === 'refused') return found;
  const grant = found.value;
  const hasStarted = !isBefore(now, grant.startsAt);
  if (hasStarted && schedule.startsAt !== null && isBefore(after(now, tolerance), schedule.startsAt)) {
    return invalid('It has started already. Remove it, and assign it anew with the later start.', 'startDateTime');
  }
  const window = windowFor(schedule, grant, now);
  if (window.is === 'refused') return window;
  const keepsEnd = schedule.wire.expiration.type === 'notSpecified';
  const until = keepsEnd ? grant.endsAt : window.value.until;
  const from = hasStarted || schedule.startsAt === null ? grant.startsAt : window.value.from;
  if (until !== null && !isBefore(latestOf(now, from), until)) {
    return invalid('The end would lie in the past or before the start. Remove the assignment instead.', 'expiration');
  }
  const length = { from: keepsEnd ? from : window.value.from, until };
  const met = demanded(assignmentRequirements(facts.rules, facts.mode), evidence, length);
  if (met.is === 'refused') return met;
  if (Temporal.Instant.compare(from, grant.startsAt) !== 0) {
    return accept({ is: 'replaced', grant, window: { from, until } });
  }
  return accept(changeTo(grant, until));
}

function changeTo(grant: Grant, until: Instant | null): Change {
  const { endsAt } = grant;
  if (until === null) return endsAt === null ? { is: 'kept', grant } : { is: 'extended', grant, endsAt: null };
  if (endsAt === null || isBefore(until, endsAt)) return { is: 'shortened', grant, endsAt: until };
  return isBefore(endsAt, until) ? { is: 'extended', grant, endsAt: until } : { is: 'kept', grant };
}

/**
 * Whether an assignment that ends within 14 days may be moved to a later end, and to which. Refused with
 * `RoleAssignmentDoesNotExist`, `ScheduleFromPackage`, `ExtensionNotDue`, `InvalidScheduleInfo`,
 * `ScheduleEndNotLater` or the rules that failed (all 400).
 */
export function decideExtension(
  schedule: AskedSchedule,
  evidence: Evidence,
  facts: AssignmentFacts,
  now: Instant,
): Outcome<{ grant: Grant; endsAt: Instant | null }> {
  const found = extendable(facts.held, now);
  if (found.is === 'refused') return found;
  const grant = found.value;
  if (schedule.wire.expiration.type === 'notSpecified') return invalid('Say until when: a new end.', 'expiration');
  const window = windowFor(schedule, grant, now);
  if (window.is === 'refused') return window;
  const met = demanded(assignmentRequirements(facts.rules, facts.mode), evidence, window.value);
  if (met.is === 'refused') return met;
  const endsAt = window.value.until;
  if (grant.endsAt === null || (endsAt !== null && !isBefore(grant.endsAt, endsAt))) {
    return refuse(
      'invalid',
      'ScheduleEndNotLater',
      'An extension ends later than the assignment does. Use adminUpdate for an earlier end.',
      'scheduleInfo/expiration',
    );
  }
  return accept({ grant, endsAt });
}

/**
 * Whether an assignment that ended in the last 30 days may be given anew, and for which window. A renewal says its end
 * anew. Refused with `RoleAssignmentDoesNotExist`, `InvalidScheduleInfo`, `RoleAssignmentExists` or the rules that
 * failed (all 400).
 */
export function decideRenewal(
  schedule: AskedSchedule,
  evidence: Evidence,
  facts: AssignmentFacts & { readonly expired: readonly Grant[] },
  now: Instant,
): Outcome<{ before: Grant; window: { from: Instant; until: Instant | null } }> {
  const before = facts.expired.find((grant) => grant.origin.kind === 'assigned');
  if (before === undefined) return facts.held.length > 0 ? notEnded() : existsNot();
  if (schedule.wire.expiration.type === 'notSpecified') return invalid('Say until when: a new end.', 'expiration');
  const window = decideAssignment(schedule, evidence, facts, now);
  return window.is === 'refused' ? window : accept({ before, window: window.value });
}

/** Until when an administrator can answer a person's request, and what it is about. */
export interface Asking {
  readonly grant: Grant;
  readonly decideBy: Instant;
}

/**
 * Whether a person may ask for an extension or a renewal of what is their own. They need a sign-in with MFA
 * (behaviour of `selfExtend` and `selfRenew`), a justification where the approval rule wants one, and a schedule that
 * could be granted if they name one. Refused as the administrator's own action would be, and with
 * `PendingRoleAssignmentRequest` (400) while another request waits.
 */
export function decideAsking(
  what: 'extension' | 'renewal',
  asked: { readonly caller: UserCaller; readonly schedule: AskedSchedule; readonly evidence: Evidence },
  facts: AssignmentFacts & { readonly expired: readonly Grant[]; readonly isPending: boolean },
  now: Instant,
): Outcome<Asking> {
  if (facts.isPending) return pendingAlready();
  const met = demanded(selfRequirements(facts.rules), asked.evidence, { from: now, until: null });
  if (met.is === 'refused') return met;
  const found = what === 'extension' ? extendable(facts.held, now) : renewable(facts);
  if (found.is === 'refused') return found;
  if (asked.schedule.wire.expiration.type !== 'notSpecified') {
    // MFA and justification of an assignment are the administrator's to bring, who answers.
    const evidence = { ...asked.evidence, justification: '-', ticketNumber: '-' };
    const possible =
      what === 'extension'
        ? decideExtension(asked.schedule, evidence, facts, now)
        : decideRenewal(asked.schedule, evidence, facts, now);
    if (possible.is === 'refused') return possible;
  }
  const { endsAt } = found.value;
  if (endsAt === null) throw new Error('What never ends is neither extended nor renewed');
  return accept({ grant: found.value, decideBy: what === 'extension' ? endsAt : after(endsAt, renewalTime) });
}

// Clocks of clients are a little ahead.
const tolerance = Temporal.Duration.from('PT5M');

function selfRequirements(rules: Rules): Requirements {
  return {
    eligibility: false,
    expiration: false,
    maximumDuration: null,
    mfa: true,
    justification: approvalRule(rules).setting.isRequestorJustificationRequired,
    ticket: false,
    authenticationContext: null,
    approval: false,
  };
}

function demanded(requirements: Requirements, evidence: Evidence, window: { from: Instant; until: Instant | null }) {
  return demandAll(evaluate(requirements, requestFacts(evidence, window, true)));
}

// A duration counts from the start of the assignment, unless the request names another.
function windowFor(schedule: AskedSchedule, grant: Grant, now: Instant) {
  const from = schedule.startsAt === null ? { ...schedule, startsAt: grant.startsAt } : schedule;
  return windowOf(from, isBefore(grant.startsAt, now) ? grant.startsAt : now);
}

function assigned(held: readonly Grant[]): Outcome<Grant> {
  const grant = held.find(({ origin }) => origin.kind === 'assigned');
  if (grant !== undefined) return accept(grant);
  if (!held.some(({ origin }) => origin.kind === 'package')) return existsNot();
  return refuse(
    'invalid',
    'ScheduleFromPackage',
    'An access package gave this, and it ends with its assignment. Extend that one.',
  );
}

function extendable(held: readonly Grant[], now: Instant): Outcome<Grant> {
  const found = assigned(held);
  if (found.is === 'refused') return found;
  const { endsAt } = found.value;
  if (endsAt !== null && !isBefore(after(now, extensionTime), endsAt)) return found;
  return refuse(
    'invalid',
    'ExtensionNotDue',
    'It is extended in the last 14 days before its end. Use adminUpdate before.',
  );
}

function renewable(facts: { readonly held: readonly Grant[]; readonly expired: readonly Grant[] }): Outcome<Grant> {
  if (facts.held.some(({ origin }) => origin.kind === 'assigned')) return notEnded();
  const before = facts.expired.find(({ origin }) => origin.kind === 'assigned');
  return before === undefined ? existsNot() : accept(before);
}

function notEnded(): Outcome<never> {
  return refuse('invalid', 'RoleAssignmentExists', 'The assignment has not ended. Extend it instead of renewing it.');
}

function latestOf(a: Instant, b: Instant): Instant {
  return isBefore(a, b) ? b : a;
}

function invalid(message: string, part: string): Outcome<never> {
  return refuse('invalid', 'InvalidScheduleInfo', message, `scheduleInfo/${part}`);
}
