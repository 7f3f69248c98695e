import { describe, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { documentOf } from '../policy/document.ts';
import { type AskedSchedule, askedTerms } from './schedule.ts';

const now = Temporal.Instant.from('2027-01-04T12:00:00Z');
const tomorrow = '2027-01-05T12:00:00Z';

const lifecycle = (allowCustomAssignmentSchedule: boolean) =>
  documentOf(
    { requestorSettings: { allowCustomAssignmentSchedule }, expiration: { type: 'afterDuration', duration: 'PT8H' } },
    newId,
  );

describe('the terms that a request asks for', () => {
  const open = lifecycle(true);
  const shut = lifecycle(false);
  const until = (endDateTime: string): AskedSchedule => ({ expiration: { endDateTime } });

  test.each<[string, AskedSchedule | null, string]>([
    ['nothing', null, 'PT8H'],
    ['an empty schedule', { startDateTime: null, expiration: { type: 'notSpecified' }, recurrence: null }, 'PT8H'],
    ['a shorter time', { expiration: { duration: 'PT2H' } }, 'PT2H'],
  ])('is met: %s', (_name, asked, length) => {
    expect(askedTerms(asked, open, 'requestor', now)).toMatchObject({
      value: { startsAt: null, expiration: { type: 'afterDuration', duration: length } },
    });
  });

  test.each<[string, AskedSchedule, string]>([
    ['later than the policy says', { expiration: { duration: 'PT9H' } }, 'ExpirationTooLate'],
    ['never', { expiration: { type: 'noExpiration' } }, 'ExpirationTooLate'],
    ['in the past', until('2027-01-04T11:00:00Z'), 'ExpirationPassed'],
    ['with an end before its start', { startDateTime: tomorrow, ...until('2027-01-05T11:00:00Z') }, 'ExpirationPassed'],
    ['again and again', { recurrence: { pattern: {} } }, 'ScheduleNotSupported'],
    ['of a length that is not said', { expiration: { type: 'afterDuration' } }, 'ExpirationNotValid'],
    ['of a length of nothing', { expiration: { duration: 'PT0S' } }, 'ExpirationNotValid'],
    ['at a time that is not said', { expiration: { type: 'afterDateTime' } }, 'ExpirationNotValid'],
  ])('is refused: %s', (_name, asked, code) => {
    expect(askedTerms(asked, open, 'requestor', now)).toMatchObject({ refusal: { code } });
  });

  test('nothing is asked for once the day has passed on which all assignments end', () => {
    const ends = { type: 'afterDateTime', endDateTime: now.toString(), duration: null } as const;
    const ended = { ...open, expiration: ends };
    expect(askedTerms(null, ended, 'requestor', now)).toMatchObject({
      refusal: { kind: 'invalid', code: 'ExpirationPassed' },
    });
    const before = now.subtract({ microseconds: 1 });
    expect(askedTerms(null, ended, 'requestor', before)).toMatchObject({ is: 'accepted' });
  });

  test('a later start is where durations count from', () => {
    const asked = { startDateTime: tomorrow, expiration: { duration: 'PT8H' } };
    const startsAt = Temporal.Instant.from(tomorrow);
    expect(askedTerms(asked, open, 'requestor', now)).toMatchObject({ value: { startsAt } });
    expect(askedTerms({ ...asked, ...until('2027-01-05T20:00:00Z') }, open, 'requestor', now).is).toBe('accepted');
    expect(askedTerms({ startDateTime: now.toString() }, shut, 'requestor', now)).toMatchObject({
      value: { startsAt: null },
    });
  });

  test.each<[string, AskedSchedule]>([
    ['starts', { startDateTime: tomorrow }],
    ['ends', { expiration: { duration: 'PT1H' } }],
  ])('requestors choose when access %s only where the policy lets them, administrators always', (_when, asked) => {
    expect(askedTerms(asked, shut, 'requestor', now)).toMatchObject({ refusal: { code: 'ScheduleNotAllowed' } });
    expect(askedTerms(asked, shut, 'administrator', now).is).toBe('accepted');
  });
});
