import { describe, expect, it } from 'vitest';
import { type ClockCommand, type ClockState, moveClock, readClock } from './time.ts';

const at = (text: string) => Temporal.Instant.from(text);
const standing: ClockState = {
  base: at('2030-01-01T08:00:00Z'),
  realBase: at('2026-01-01T00:00:00Z'),
  running: false,
};
const real = at('2026-01-01T00:10:00Z');

describe('the movable clock', () => {
  it('stands still after a move and runs on when told to', () => {
    expect(readClock(standing, real).toString()).toBe('2030-01-01T08:00:00Z');
    const running = moveClock(standing, { run: true }, real);
    if (running.is === 'refused') throw new Error(running.refusal.code);
    expect(readClock(running.value, at('2026-01-01T00:15:00.5Z')).toString()).toBe('2030-01-01T08:05:00.5Z');
  });

  it.each<[ClockCommand, string]>([
    [{ advance: 'PT8H' }, '2030-01-01T16:00:00Z'],
    [{ advance: 'P1DT0.5S' }, '2030-01-02T08:00:00.5Z'],
    [{ advance: 'PT0S' }, '2030-01-01T08:00:00Z'],
    [{ set: '2030-01-01T08:00:00Z' }, '2030-01-01T08:00:00Z'],
    [{ set: '2030-01-01T10:00:00.000001+01:00' }, '2030-01-01T09:00:00.000001Z'],
    [{ set: '9900-01-01T00:00:00Z' }, '9900-01-01T00:00:00Z'],
  ])('%o leads to %s', (command, expected) => {
    const moved = moveClock(standing, command, real);
    expect(moved).toMatchObject({ is: 'accepted', value: { running: false } });
    if (moved.is === 'accepted') expect(moved.value.base.toString()).toBe(expected);
  });

  it.each<[ClockCommand, string]>([
    [{ set: '2030-01-01T07:59:59.999999Z' }, 'ClockBackwards'],
    [{ set: 'tomorrow' }, 'ClockCommandInvalid'],
    [{ set: '9900-01-01T00:00:00.000001Z' }, 'ClockCommandInvalid'],
    [{ set: '+010000-01-01T00:00:00Z' }, 'ClockCommandInvalid'],
    [{ set: '2030-01-02T08:00:00' }, 'ClockCommandInvalid'],
    [{ advance: '-PT1H' }, 'ClockCommandInvalid'],
    [{ advance: 'P1M' }, 'ClockCommandInvalid'],
    [{ advance: 'PT1H', run: true }, 'ClockCommandInvalid'],
    [{}, 'ClockCommandInvalid'],
  ])('%o is refused with %s', (command, code) => {
    expect(moveClock(standing, command, real)).toMatchObject({ is: 'refused', refusal: { kind: 'invalid', code } });
  });

  it('goes to the next deadline, if there is one', () => {
    const next = at('2030-01-01T12:00:00Z');
    const moved = moveClock(standing, { advanceTo: 'nextDeadline' }, real, next);
    expect(moved).toMatchObject({ is: 'accepted', value: { base: next, running: false } });
    const refusal = { kind: 'conflict', code: 'NothingAhead' };
    expect(moveClock(standing, { advanceTo: 'nextDeadline' }, real)).toMatchObject({ is: 'refused', refusal });
  });

  it('goes no further than where all that starts still ends in a year of four digits', () => {
    const late = { ...standing, base: at('9895-01-01T00:00:00Z') };
    expect(moveClock(late, { advance: 'P3660D' }, real)).toMatchObject({ refusal: { code: 'ClockCommandInvalid' } });
  });
});
