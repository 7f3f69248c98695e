import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { after, type Instant, isBefore, parseDuration, parseInstant, toMicroseconds } from '../kernel/time.ts';

/** The state of a movable clock: it stands at `base`, or runs on from it since `realBase`. */
export interface ClockState {
  readonly base: Instant;
  readonly realBase: Instant;
  readonly running: boolean;
}

/** What can be asked of the clock; exactly one of the four. */
export interface ClockCommand {
  readonly advance?: string;
  readonly advanceTo?: 'nextDeadline';
  readonly set?: string;
  readonly run?: true;
}

/** As far as the clock goes: whatever starts there, for ten years at most, still ends in the year 9999. */
const clockEnds: Instant = Temporal.Instant.from('9900-01-01T00:00:00Z');

/** Governance time at a moment of real time. */
export function readClock(state: ClockState, realNow: Instant): Instant {
  if (!state.running) return state.base;
  const passed = realNow.since(state.realBase);
  return passed.sign < 0 ? state.base : toMicroseconds(state.base.add(passed));
}

/**
 * Where a command takes the clock. After a move it stands still until told to run. Refused: backwards, beyond the year
 * 9899, unreadable instants and durations, several commands in one, and the next deadline where there is none.
 */
export function moveClock(
  state: ClockState,
  command: ClockCommand,
  realNow: Instant,
  nextDeadline: Instant | null = null,
): Outcome<ClockState> {
  const now = readClock(state, realNow);
  if (Object.keys(command).length !== 1) {
    return refuse('invalid', 'ClockCommandInvalid', 'Send exactly one of "advance", "advanceTo", "set" and "run".');
  }
  if (command.run === true) return accept({ base: now, realBase: realNow, running: true });
  const target = targetOf(now, command, nextDeadline);
  if (target.is === 'refused') return target;
  if (isBefore(clockEnds, target.value)) {
    return refuse('invalid', 'ClockCommandInvalid', `The clock goes no further than ${clockEnds}.`);
  }
  return accept({ base: target.value, realBase: realNow, running: false });
}

function targetOf(now: Instant, { set, advance, advanceTo }: ClockCommand, next: Instant | null): Outcome<Instant> {
  if (set !== undefined) return setTo(now, set);
  if (advanceTo === undefined) return advanced(now, advance ?? '');
  if (next !== null) return accept(next);
  return refuse('conflict', 'NothingAhead', 'Nothing is planned to fall due or to end. Advance by a duration.');
}

function advanced(now: Instant, text: string): Outcome<Instant> {
  const duration = parseDuration(text);
  if (duration !== null) return accept(after(now, duration));
  const message = `"${text}" is not an ISO 8601 duration of at most 3660 days, in days, hours, minutes and seconds, such as PT8H.`;
  return refuse('invalid', 'ClockCommandInvalid', message, 'advance');
}

function setTo(now: Instant, text: string): Outcome<Instant> {
  const instant = parseInstant(text);
  if (instant === null) {
    const message = `"${text}" is not an ISO 8601 instant with an offset, such as 2030-01-01T08:00:00Z.`;
    return refuse('invalid', 'ClockCommandInvalid', message, 'set');
  }
  if (isBefore(instant, now)) {
    const message = `The clock never goes backwards: it is ${now}, and ${instant} has passed. Use /rehearsal/reset.`;
    return refuse('invalid', 'ClockBackwards', message, 'set');
  }
  return accept(instant);
}
