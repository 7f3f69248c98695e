import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Grant, Path } from '../../grants/index.ts';
import { cappedWindow } from '../../grants/model.ts';
import { newId } from '../../kernel/ids.ts';
import { contains, earliest, type Instant, isBefore, after as later, type Window } from '../../kernel/time.ts';
import { defaultRules } from '../policy/defaults.ts';
import { decideActivation, decideStart, linksOf } from './decisions.ts';
import { type AskedSchedule, readSchedule, shortest, windowOf } from './schedule.ts';

const origin = Temporal.Instant.from('2027-01-01T00:00:00Z');
const microsecond = Temporal.Duration.from({ microseconds: 1 });

function instants(maxHours = 48) {
  return fc
    .bigInt({ min: 0n, max: BigInt(maxHours) * 3_600_000_000n })
    .map((us) => origin.add({ nanoseconds: Number(us) * 1000 }));
}

function schedules(): fc.Arbitrary<AskedSchedule> {
  const start = fc.option(instants(), { nil: null });
  const minutes = fc.integer({ min: 0, max: 600 });
  return fc.record({ start, minutes, isDuration: fc.boolean(), end: instants(96) }).map((asked) => {
    const expiration = asked.isDuration
      ? { type: 'afterDuration' as const, duration: `PT${asked.minutes}M` }
      : { type: 'afterDateTime' as const, endDateTime: asked.end.toString() };
    const read = readSchedule({ startDateTime: asked.start?.toString() ?? null, expiration });
    if (read.is === 'refused') throw new Error(read.refusal.message);
    return read.value;
  });
}

function grant(until: Instant | null): Grant {
  return {
    id: newId(),
    principal: { kind: 'user', id: newId() },
    privilege: { kind: 'role', id: newId(), scope: '/' },
    mode: 'eligible',
    startsAt: origin,
    endsAt: until,
    endedAt: null,
    binding: until === null ? null : { by: 'requested' },
    origin: { kind: 'assigned', id: newId() },
    correlation: newId(),
    givenAt: origin,
  };
}

describe('reading a schedule', () => {
  test.each([
    ['nothing', null, 'never'],
    ['a type alone', { expiration: { type: 'noExpiration' } }, 'never'],
    ['a duration without a type', { expiration: { duration: 'PT1H' } }, 'after'],
    ['an end without a type', { expiration: { endDateTime: '2027-01-01T00:00:00+02:00' } }, 'at'],
    ['nulls', { startDateTime: null, expiration: { type: null, duration: null, endDateTime: null } }, 'never'],
  ] as const)('%s', (_, body, ends) => {
    expect(readSchedule(body)).toMatchObject({ is: 'accepted', value: { ends: { is: ends } } });
  });

  test.each([
    ['a duration that is none', { expiration: { type: 'afterDuration', duration: 'P1Y' } }, 'expiration/duration'],
    ['a duration that is missing', { expiration: { type: 'afterDuration' } }, 'expiration/duration'],
    ['an end that is missing', { expiration: { type: 'afterDateTime' } }, 'expiration/endDateTime'],
    ['a start that is none', { startDateTime: 'tomorrow' }, 'startDateTime'],
    ['a start in the year 0', { startDateTime: '0000-01-01T00:00:00Z' }, 'startDateTime'],
    ['a start in the year 10000', { startDateTime: '+010000-01-01T00:00:00Z' }, 'startDateTime'],
    ['a recurrence', { recurrence: {} }, 'recurrence'],
  ] as const)('refused: %s', (_, body, part) => {
    expect(readSchedule(body)).toMatchObject({
      refusal: { code: 'InvalidScheduleInfo', target: `scheduleInfo/${part}` },
    });
  });

  test('the text is kept as it was written', () => {
    expect(readSchedule({ expiration: { type: 'afterDuration', duration: 'PT90M' } })).toMatchObject({
      value: {
        wire: { startDateTime: null, expiration: { type: 'afterDuration', duration: 'PT90M', endDateTime: null } },
      },
    });
  });
});

describe('the window of a schedule', () => {
  test('starts as asked but never in the past, and lasts at least five minutes', () => {
    fc.assert(
      fc.property(schedules(), instants(), (schedule, now) => {
        const window = windowOf(schedule, now);
        if (window.is === 'refused') return;
        const { from, until } = window.value;
        expect(isBefore(from, now)).toBe(false);
        expect(from.equals(now) || from.equals(schedule.startsAt ?? now)).toBe(true);
        if (until === null) throw new Error('All of these end');
        expect(isBefore(until, later(from, shortest))).toBe(false);
        if (schedule.ends.is === 'after') expect(until.equals(later(from, schedule.ends.duration))).toBe(true);
        if (schedule.ends.is === 'at') expect(until.equals(schedule.ends.at)).toBe(true);
      }),
    );
  });
});

describe('the end of time', () => {
  const late = (type: 'noExpiration' | 'afterDuration', duration: string | null) => {
    const read = readSchedule({ startDateTime: '9999-12-31T23:59:59.9999999Z', expiration: { type, duration } });
    if (read.is === 'refused') throw new Error(read.refusal.message);
    return windowOf(read.value, origin);
  };

  test('the last instant that clients send is a start', () => {
    expect(late('noExpiration', null)).toMatchObject({ is: 'accepted', value: { until: null } });
  });

  test('an end after the year 9999 is refused', () => {
    expect(late('afterDuration', 'PT2H')).toMatchObject({ refusal: { kind: 'invalid', code: 'InvalidScheduleInfo' } });
  });
});

describe('an activation', () => {
  const evidence = { hasMfa: true, contexts: [], justification: 'INC-1', ticketNumber: null };
  const facts = { rules: defaultRules, isContextPublished: false, held: [], isPending: false };

  /** What the ledger would give for a schedule, on a path whose links have these ends; null if it is refused. */
  function given(schedule: AskedSchedule, now: Instant, ends: readonly (Instant | null)[]): Window | null {
    const [eligibility, ...memberships] = ends.map(grant);
    if (eligibility === undefined) throw new Error('A path ends in an eligibility');
    const path: Path = { grant: eligibility, through: memberships.map(({ id }) => id), until: earliest(...ends) };
    const decided = decideActivation(schedule, evidence, { ...facts, paths: [path] }, now);
    if (decided.is === 'refused') return null;
    const capped = cappedWindow({ window: decided.value.window, links: linksOf(path, memberships) });
    return capped.is === 'refused' ? null : capped.value.window;
  }

  test('never outlives its maximum, what was asked for, or anything that it hangs on', () => {
    const links = fc.array(fc.option(instants(), { nil: null }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(schedules(), instants(24), links, (schedule, now, ends) => {
        const window = given(schedule, now, ends);
        if (window === null) return;
        const { from, until } = window;
        const asked = windowOf(schedule, now);
        const limits = [
          later(from, Temporal.Duration.from('PT8H')),
          asked.is === 'accepted' ? asked.value.until : null,
        ];
        expect(until?.toString()).toBe(earliest(until, ...limits, ...ends)?.toString());
        expect(contains(window, from)).toBe(true);
        expect(until !== null && contains(window, until)).toBe(false);
        expect(until !== null && contains(window, until.subtract(microsecond))).toBe(true);
      }),
    );
  });

  test('needs a path, now and when it is approved', () => {
    fc.assert(
      fc.property(schedules(), instants(24), (schedule, now) => {
        expect(decideActivation(schedule, evidence, { ...facts, paths: [] }, now).is).toBe('refused');
        expect(decideStart(schedule, { paths: [], held: [] }, now).is).toBe('refused');
      }),
    );
  });

  test('is refused while another overlaps it, and only then', () => {
    fc.assert(
      fc.property(schedules(), instants(24), instants(), (schedule, now, heldUntil) => {
        const held = { ...grant(later(heldUntil, shortest)), mode: 'active' as const };
        const path: Path = { grant: grant(null), through: [], until: null };
        const start = decideStart(schedule, { paths: [path], held: [] }, now);
        if (start.is === 'refused') return;
        const outcome = decideStart(schedule, { paths: [path], held: [held] }, now);
        expect(outcome.is).toBe(isBefore(start.value.window.from, later(heldUntil, shortest)) ? 'refused' : 'accepted');
      }),
    );
  });
});
