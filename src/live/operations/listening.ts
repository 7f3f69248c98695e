import type { Instant } from '../../kernel/time.ts';
import type { ReadDb } from '../../platform/events.ts';
import type { Log } from '../../platform/log.ts';
import { endOfLog, type HeardEvent, hear, heardSince, type TailPlace } from '../../platform/tail.ts';
import { type Ear, hintsFor } from './hints.ts';
import type { HintStream } from './stream.ts';

/** One open stream and who listens to it. */
export interface Open {
  readonly stream: HintStream;
  /** Who listens, as last made sure of. */
  ear: Ear;
  /** Whether whoever opened it could open it now, and as whom; null if not. */
  readonly again: () => Promise<Ear | null>;
}

/** How often things are done, in milliseconds of real time. */
export interface Pace {
  /** To look for events, while somebody listens. */
  readonly lookMs: number;
  /** To show on each stream that it lives. */
  readonly beatMs: number;
  /** To make sure of each listener: a session that ended closes its stream. */
  readonly checkMs: number;
}

export const usualPace: Pace = { lookMs: 500, beatMs: 15_000, checkMs: 30_000 };

/** How many streams one person or application may have open at a node, and how many all of them together. */
const streamsOfOne = 10;
const streamsOfAll = 10_000;

/** What is told where something may have been missed: read everything anew. */
export const everything = 'everything';

/** Refused attempts to read are told to nobody: pages that read anew when they hear would wake each other for ever. */
type IsSilent = (type: string) => boolean;

export interface ListeningPorts {
  readonly db: ReadDb;
  /** Governance time. */
  readonly now: () => Instant;
  readonly log: Pick<Log, 'warn'>;
  readonly isSilent: IsSilent;
}

/** Hears the event log for the streams that are open at this node, and does nothing while there are none. */
export interface Listening {
  /**
   * Begins to tell, unless the listener has too many streams, or there are too many: false then. With the id of the last
   * event that the listener was told of, what came since is told first.
   */
  join(open: Open, since: string | null): Promise<boolean>;
  leave(open: Open): void;
  /** Something was committed here: look soon. */
  nudge(): void;
  /** Tells everybody who listens at this node, whoever they are. */
  everybody(kinds: readonly string[]): void;
  stop(): Promise<void>;
}

export function startListening(ports: ListeningPorts, pace: Pace): Listening {
  const { db, now, log, isSilent } = ports;
  const streams = new Set<Open>();
  const timers = new Set<NodeJS.Timeout>();
  let place: TailPlace | null = null;
  let turn: Promise<void> = Promise.resolve();
  let isNudged = false;
  let isStopped = false;

  /** One turn at a time. What goes wrong in one is tried again in the next. */
  function inTurn<T>(doing: () => Promise<T>): Promise<T> {
    const mine = turn.then(doing);
    turn = mine.then(
      () => undefined,
      (fault: unknown) => {
        if (!isStopped) log.warn({ fault }, 'Listening to the event log failed and will be tried again');
      },
    );
    return mine;
  }

  async function look(): Promise<void> {
    isNudged = false;
    while (place !== null && streams.size > 0 && !isStopped) {
      const read = await hear(db, place);
      await tell(read.events, [...streams]);
      // Only now: what could not be told is heard again.
      place = read.place;
      if (read.events.length === 0) return;
    }
  }

  async function tell(heard: readonly HeardEvent[], to: readonly Open[]): Promise<void> {
    const telling = heard.filter(({ event }) => !isSilent(event.type));
    if (telling.length === 0) return;
    const ears = to.map(({ ear }) => ear);
    const { hintOf, unusable } = await hintsFor(db, telling, ears, now());
    for (const { stream, ear } of to) {
      const { kinds, lastId } = hintOf(ear);
      if (unusable.has(ear.id)) stream.end();
      else if (kinds.size > 0) stream.hint(kinds, lastId);
    }
  }

  async function check(): Promise<void> {
    for (const open of [...streams]) {
      const ear = await open.again();
      if (ear === null || ear.id !== open.ear.id) open.stream.end();
      else open.ear = ear;
    }
  }

  async function catchUp(open: Open, since: string): Promise<void> {
    const heard = await heardSince(db, since);
    const [last, ...missed] = heard ?? [];
    const ears = [open.ear];
    // An id that they were never told says nothing, not even whether there is such an event.
    const wasTold = last !== undefined && (await hintsFor(db, [last], ears, now())).hintOf(open.ear).kinds.size > 0;
    if (wasTold) await tell(missed, [open]);
    else open.stream.hint([everything], null);
  }

  function every(milliseconds: number, doing: () => void): void {
    const timer = setInterval(doing, milliseconds);
    timer.unref();
    timers.add(timer);
  }

  function startTimers(): void {
    every(pace.lookMs, nudge);
    every(pace.beatMs, () => {
      for (const { stream } of streams) stream.beat();
    });
    every(pace.checkMs, () => void inTurn(check).catch(() => undefined));
  }

  function stopTimers(): void {
    for (const timer of timers) clearInterval(timer);
    timers.clear();
  }

  function nudge(): void {
    if (isNudged || streams.size === 0) return;
    isNudged = true;
    void inTurn(look).catch(() => undefined);
  }

  return {
    nudge,
    join: (open, since) =>
      inTurn(async () => {
        const own = [...streams].filter(({ ear }) => ear.id === open.ear.id);
        if (isStopped || own.length >= streamsOfOne || streams.size >= streamsOfAll) return false;
        if (streams.size === 0) place = await endOfLog(db);
        if (timers.size === 0) startTimers();
        // First the present, then the past: nothing lies between them, and what is told twice does no harm.
        streams.add(open);
        if (since !== null) await catchUp(open, since);
        return true;
      }),
    leave(open) {
      streams.delete(open);
      if (streams.size === 0) stopTimers();
    },
    everybody(kinds) {
      for (const { stream } of streams) stream.hint(kinds, null);
    },
    async stop() {
      isStopped = true;
      stopTimers();
      for (const { stream } of streams) stream.end();
      await turn;
    },
  };
}
