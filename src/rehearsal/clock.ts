import { accept, type Outcome } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Deadline } from '../platform/due.ts';
import type { Worker } from '../platform/worker.ts';
import { loadClock, saveClock } from './store.ts';
import { type ClockCommand, type ClockState, moveClock, readClock } from './time.ts';

/** Governance time of a rehearsal: runs with real time until it is moved. */
export interface MovableClock extends Clock {
  /** Moves the clock and does all work that falls due on the way, each piece at its own instant. */
  move(command: ClockCommand, worker: Worker): Promise<Outcome<ClockFace>>;
  read(worker: Worker): Promise<ClockFace>;
  /** Lets something be done while nobody moves the clock. */
  pause(doing: () => Promise<void>): Promise<void>;
  /** Reads the saved state again, after a reset. */
  reload(): Promise<void>;
}

/** What the clock shows. */
export interface ClockFace {
  readonly now: Instant;
  readonly isRunning: boolean;
  /** What falls due or ends next; null if nothing is planned. */
  readonly next: Deadline | null;
  /** What a move to the next deadline has led to. */
  readonly reached?: Deadline;
}

/** Opens the clock where it was left; at first it runs from real time. */
export async function openClock({ db }: Database, realClock: Clock): Promise<MovableClock> {
  let state = await savedState();
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(doing: () => Promise<T>): Promise<T> {
    const mine = turn.then(doing);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function savedState(): Promise<ClockState> {
    const saved = await loadClock(db);
    if (saved !== null) return saved;
    const now = realClock.now();
    const running = { base: now, realBase: now, running: true };
    await saveClock(db, running);
    return running;
  }

  async function change(next: ClockState): Promise<void> {
    await saveClock(db, next);
    state = next;
  }

  async function read(worker: Worker): Promise<ClockFace> {
    const now = readClock(state, realClock.now());
    return { now, isRunning: state.running, next: await worker.nextDeadline(now) };
  }

  async function move(command: ClockCommand, worker: Worker): Promise<Outcome<ClockFace>> {
    const next = command.advanceTo === undefined ? null : (await read(worker)).next;
    const moved = moveClock(state, command, realClock.now(), next?.at);
    if (moved.is === 'refused') return moved;
    if (moved.value.running) await change(moved.value);
    else await worker.catchUp(moved.value.base, (at) => change(standingAt(later(state, at, realClock), realClock)));
    return accept({ ...(await read(worker)), ...(next === null ? {} : { reached: next }) });
  }

  return {
    now: () => readClock(state, realClock.now()),
    read,
    move: (command, worker) => inTurn(() => move(command, worker)),
    pause: inTurn,
    async reload() {
      state = await savedState();
    },
  };
}

function standingAt(base: Instant, realClock: Clock): ClockState {
  return { base, realBase: realClock.now(), running: false };
}

/** Work that was overdue already when the clock was moved is done at the present, never in the past. */
function later(state: ClockState, at: Instant, realClock: Clock): Instant {
  const now = readClock(state, realClock.now());
  return Temporal.Instant.compare(at, now) < 0 ? now : at;
}
