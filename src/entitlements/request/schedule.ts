import { accept, type Outcome, type Refused } from '../../kernel/outcome.ts';
import { earliest, type Instant, isBefore, parseInstant } from '../../kernel/time.ts';
import { assignmentWindow } from '../assignment/model.ts';
import type { ExpirationDocument, PolicyDocument } from '../policy/document.ts';
import { expirationFault } from '../policy/rules.ts';
import { wrong } from '../refusals.ts';

/** `entitlementManagementSchedule`, as it is sent with a request. */
export interface AskedSchedule {
  readonly startDateTime?: string | null;
  readonly expiration?: {
    readonly type?: ExpirationDocument['type'] | null;
    readonly endDateTime?: string | null;
    readonly duration?: string | null;
  } | null;
  readonly recurrence?: unknown;
}

/** When what is asked for starts (null: at once) and ends. */
export interface Terms {
  readonly startsAt: Instant | null;
  readonly expiration: ExpirationDocument;
  readonly endsBy: 'policy' | 'requested';
}

type Lifecycle = Pick<PolicyDocument, 'expiration' | 'requestorSettings'>;

/**
 * The start and the end that a request leads to: at once and as the policy says, or a later start and an earlier end
 * that were asked for, by an administrator or where the policy allows it (`allowCustomAssignmentSchedule`). Refuses
 * with `ScheduleNotAllowed`, `ScheduleNotSupported`, `ExpirationNotValid`, `ExpirationPassed` or `ExpirationTooLate`
 * (400).
 */
export function askedTerms(
  asked: AskedSchedule | null,
  policy: Lifecycle,
  by: 'requestor' | 'administrator',
  now: Instant,
): Outcome<Terms> {
  const startsAt = futureStart(asked, now);
  const wanted = wantedExpiration(asked);
  const mayChoose = by === 'administrator' || policy.requestorSettings.allowCustomAssignmentSchedule;
  const fault = recurrenceFault(asked) ?? (mayChoose ? null : choiceFault(startsAt, wanted));
  if (fault !== null) return fault;
  const from = startsAt ?? now;
  const most = assignmentWindow(policy.expiration, from);
  if (most.is === 'refused') return most;
  if (wanted.type === 'notSpecified') return accept({ startsAt, expiration: policy.expiration, endsBy: 'policy' });
  const until = endWithin(wanted, most.value.until, from);
  return until.is === 'refused' ? until : accept({ startsAt, expiration: wanted, endsBy: 'requested' });
}

/** The end that was asked for, no later than another (null: any). Refuses as `askedTerms` does. */
export function endWithin(wanted: ExpirationDocument, limit: Instant | null, from: Instant): Outcome<Instant | null> {
  const unclear = expirationFault(wanted, 'schedule/expiration');
  if (unclear !== null) return unclear;
  const mine = assignmentWindow(wanted, from);
  if (mine.is === 'refused') return mine;
  return earliest(mine.value.until, limit) === mine.value.until
    ? accept(mine.value.until)
    : wrong('ExpirationTooLate', 'Access may not last longer than the policy says.', 'schedule/expiration');
}

/** The expiration that a schedule names; `notSpecified` if none. */
export function wantedExpiration(asked: AskedSchedule | null): ExpirationDocument {
  const sent = asked?.expiration ?? {};
  const guessed = sent.duration ? 'afterDuration' : sent.endDateTime ? 'afterDateTime' : 'notSpecified';
  return { type: sent.type ?? guessed, endDateTime: sent.endDateTime ?? null, duration: sent.duration ?? null };
}

/** The start that a schedule names, if it lies in the future. */
export function futureStart(asked: AskedSchedule | null, now: Instant): Instant | null {
  const start = asked?.startDateTime ? parseInstant(asked.startDateTime) : null;
  return start !== null && isBefore(now, start) ? start : null;
}

/** Refuses schedules that come again and again. */
export function recurrenceFault(asked: AskedSchedule | null): Refused | null {
  if (asked?.recurrence === undefined || asked.recurrence === null) return null;
  return wrong('ScheduleNotSupported', 'Recurring schedules are not supported.', 'schedule/recurrence');
}

function choiceFault(startsAt: Instant | null, wanted: ExpirationDocument): Refused | null {
  const no = (what: string, property: string) =>
    wrong('ScheduleNotAllowed', `The policy does not let requestors choose when access ${what}.`, property);
  if (startsAt !== null) return no('starts', 'schedule/startDateTime');
  return wanted.type === 'notSpecified' ? null : no('ends', 'schedule/expiration');
}
