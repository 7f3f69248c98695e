import { accept, type Outcome, type Refused } from '../../kernel/outcome.ts';
import { earliest, isBefore, parseInstant } from '../../kernel/time.ts';
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

/**
 * The expiration that a request leads to: the policy's, or an earlier one that was asked for where the policy allows
 * it. Refuses with `ScheduleNotAllowed`, `ScheduleNotSupported`, `ExpirationNotValid`, `ExpirationPassed` or
 * `ExpirationTooLate` (400).
 */
export function askedExpiration(
  asked: AskedSchedule | null,
  policy: Pick<PolicyDocument, 'expiration' | 'requestorSettings'>,
  now: Temporal.Instant,
): Outcome<ExpirationDocument> {
  const fault = asked === null ? null : unsupported(asked, now);
  if (fault !== null) return fault;
  const most = assignmentWindow(policy.expiration, now);
  if (most.is === 'refused') return most;
  const wanted = wantedExpiration(asked?.expiration ?? {});
  if (wanted.type === 'notSpecified') return accept(policy.expiration);
  if (!policy.requestorSettings.allowCustomAssignmentSchedule) {
    return wrong(
      'ScheduleNotAllowed',
      'The policy does not let requestors choose when access ends.',
      'schedule/expiration',
    );
  }
  const unclear = expirationFault(wanted, 'schedule/expiration');
  if (unclear !== null) return unclear;
  const mine = assignmentWindow(wanted, now);
  if (mine.is === 'refused') return mine;
  return earliest(mine.value.until, most.value.until) === mine.value.until
    ? accept(wanted)
    : wrong('ExpirationTooLate', 'Access may not last longer than the policy says.', 'schedule/expiration');
}

function unsupported(asked: AskedSchedule, now: Temporal.Instant): Refused | null {
  if (asked.recurrence !== undefined && asked.recurrence !== null) {
    return wrong('ScheduleNotSupported', 'Recurring schedules are not supported.', 'schedule/recurrence');
  }
  const start = asked.startDateTime ? parseInstant(asked.startDateTime) : null;
  if (start === null || !isBefore(now, start)) return null;
  return wrong('ScheduleNotSupported', 'Assignments start when they are approved.', 'schedule/startDateTime');
}

function wantedExpiration(sent: NonNullable<AskedSchedule['expiration']>): ExpirationDocument {
  const guessed = sent.duration ? 'afterDuration' : sent.endDateTime ? 'afterDateTime' : 'notSpecified';
  return { type: sent.type ?? guessed, endDateTime: sent.endDateTime ?? null, duration: sent.duration ?? null };
}
