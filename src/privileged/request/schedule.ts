import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import {
  after,
  type Instant,
  isBefore,
  lastInstant,
  latest,
  parseDuration,
  parseInstant,
  type Window,
} from '../../kernel/time.ts';

/** `requestSchedule`, as clients send it; what may be left out may also be null. */
export interface ScheduleBody {
  readonly startDateTime?: string | null;
  readonly expiration?: {
    readonly type?: ExpirationType | null;
    readonly endDateTime?: string | null;
    readonly duration?: string | null;
  } | null;
  readonly recurrence?: unknown;
}

export type ExpirationType = 'notSpecified' | 'noExpiration' | 'afterDateTime' | 'afterDuration';

/** When something shall be in force. */
export interface AskedSchedule {
  /** When it was asked to start; null for at once. */
  readonly startsAt: Instant | null;
  readonly ends:
    | { readonly is: 'never' }
    | { readonly is: 'at'; readonly at: Instant }
    | { readonly is: 'after'; readonly duration: Temporal.Duration };
  /** As it was asked for, in wire form. */
  readonly wire: WireSchedule;
}

export interface WireSchedule {
  readonly startDateTime: string | null;
  readonly recurrence: null;
  readonly expiration: {
    readonly type: ExpirationType;
    readonly endDateTime: string | null;
    readonly duration: string | null;
  };
}

/** The shortest that anything may be given for, and that it must have been in force before it is taken back. */
export const shortest = Temporal.Duration.from('PT5M');

/** Reads a schedule. Refused with `InvalidScheduleInfo` (400) when its parts do not fit together. */
export function readSchedule(body: ScheduleBody | null | undefined): Outcome<AskedSchedule> {
  if ((body?.recurrence ?? null) !== null) {
    return invalid('Recurring schedules are not supported; leave recurrence out.', 'recurrence');
  }
  const startText = body?.startDateTime ?? null;
  const startsAt = startText === null ? null : parseInstant(startText);
  if (startText !== null && startsAt === null) return invalid('startDateTime is no instant.', 'startDateTime');
  const expiration = readExpiration(body);
  if (expiration.is === 'refused') return expiration;
  const wire = { startDateTime: startsAt?.toString() ?? null, recurrence: null, expiration: expiration.value.wire };
  return accept({ startsAt, ends: expiration.value.ends, wire });
}

type Expiration = Pick<AskedSchedule, 'ends'> & { readonly wire: WireSchedule['expiration'] };

function readExpiration(body: ScheduleBody | null | undefined): Outcome<Expiration> {
  const { type, endDateTime, duration } = expirationOf(body);
  if (type === 'afterDuration') {
    const parsed = duration === null ? null : parseDuration(duration);
    return parsed === null
      ? invalid('duration is an ISO 8601 duration, such as PT4H.', 'expiration/duration')
      : accept({ ends: { is: 'after', duration: parsed }, wire: { type, endDateTime: null, duration } });
  }
  if (type === 'afterDateTime') {
    const at = endDateTime === null ? null : parseInstant(endDateTime);
    return at === null
      ? invalid('endDateTime is an instant, such as 2030-01-01T00:00:00Z.', 'expiration/endDateTime')
      : accept({ ends: { is: 'at', at }, wire: { type, endDateTime: at.toString(), duration: null } });
  }
  return accept({ ends: { is: 'never' }, wire: { type, endDateTime: null, duration: null } });
}

// Clients leave the type out when a duration or an end says it all.
function expirationOf(body: ScheduleBody | null | undefined) {
  const { endDateTime = null, duration = null, type } = body?.expiration ?? {};
  const inferred: ExpirationType =
    duration !== null ? 'afterDuration' : endDateTime !== null ? 'afterDateTime' : 'notSpecified';
  return { endDateTime, duration, type: type === undefined || type === null ? inferred : type };
}

/**
 * The window that a schedule makes when it is granted at an instant: it starts as asked, but never in the past, and
 * a duration counts from there. Refused with `ActiveDurationTooShort` (400) if it lasts less than five minutes, and
 * with `InvalidScheduleInfo` (400) if it ends after the year 9999.
 */
export function windowOf(schedule: AskedSchedule, grantedAt: Instant): Outcome<Window> {
  const from = latest(grantedAt, schedule.startsAt ?? grantedAt) ?? grantedAt;
  const until = endFrom(schedule, from);
  if (until !== null && isBefore(until, after(from, shortest))) {
    return refuse(
      'invalid',
      'ActiveDurationTooShort',
      'The duration is too short: at least five minutes lie between start and end.',
      'scheduleInfo/expiration',
    );
  }
  if (until !== null && isBefore(lastInstant, until)) {
    return invalid('The end lies after the year 9999. Start earlier, or leave out the end.', 'startDateTime');
  }
  return accept({ from, until });
}

function endFrom(schedule: AskedSchedule, from: Instant): Instant | null {
  switch (schedule.ends.is) {
    case 'never':
      return null;
    case 'at':
      return schedule.ends.at;
    case 'after':
      return after(from, schedule.ends.duration);
    default:
      return schedule.ends satisfies never;
  }
}

/** How long a window lasts, in hours and below; null for ever. */
export function lengthOf(window: Window): Temporal.Duration | null {
  return window.until === null ? null : window.from.until(window.until, { largestUnit: 'hours' });
}

function invalid(message: string, part: string): Outcome<never> {
  return refuse('invalid', 'InvalidScheduleInfo', message, `scheduleInfo/${part}`);
}
