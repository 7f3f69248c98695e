import { type Kysely, sql } from 'kysely';
import type { Caller } from '../kernel/caller.ts';
import type { EventTarget, NewEvent } from '../kernel/event.ts';
import { type Id, newId } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal, RefusedError } from '../kernel/outcome.ts';
import { type Instant, isBefore } from '../kernel/time.ts';
import type { Clock } from './clock.ts';
import { cancelDue, type NewDue, scheduleDue } from './due.ts';
import { appendEvent, type StoredEvent } from './events.ts';
import type { Log } from './log.ts';

/** Does its part in the transaction of the event that it subscribed to. */
export type Subscriber = (tx: Tx, event: StoredEvent) => Promise<void>;

/** By event type: who does a part in the transaction of the event. */
export type Subscribers = ReadonlyMap<string, readonly Subscriber[]>;

/** The subscribers of several parts together; for one event they come in the order of the parts. */
export function joined(...parts: readonly Subscribers[]): Subscribers {
  const all = new Map<string, readonly Subscriber[]>();
  for (const part of parts) {
    for (const [type, subscribers] of part) all.set(type, [...(all.get(type) ?? []), ...subscribers]);
  }
  return all;
}

/** What every operation stands on. Made once, in `app.ts`. */
export interface Runtime {
  readonly db: Kysely<unknown>;
  /** Governance time. */
  readonly clock: Clock;
  /** Real time, which no rehearsal moves. */
  readonly realClock: Clock;
  readonly log: Log;
  /** By event type: what higher capabilities do in the same transaction. */
  readonly subscribers: Subscribers;
  /** Completes the targets of an event with the names that they have in the transaction. */
  readonly nameTargets?: (db: Db, targets: readonly EventTarget[]) => Promise<readonly EventTarget[]>;
  /** Called after a commit that left events or due work behind. */
  readonly nudge: () => void;
}

/** On whose behalf, and what they attempt: the event type under which a refusal is recorded. */
export interface Attempt {
  readonly caller: Caller;
  readonly requestId: string;
  readonly attempts: string;
  /** The id of what the attempt is about, as far as the caller named it. */
  readonly subject?: string;
  /** The story that the attempt belongs to, where it is known beforehand. */
  readonly correlation?: Id;
  /** What it would have happened to, where that is known before it is done. */
  readonly targets?: readonly EventTarget[];
}

/** A database handle whose tables are not named yet. */
export type Db = Kysely<unknown>;

/** One transaction. Facts are read, decided about and saved through the same handle, at one `now`. */
export interface Tx {
  readonly now: Instant;
  /** Real time: for how fresh a sign-in is, never for who holds what. */
  readonly realNow: Instant;
  readonly caller: Caller;
  readonly requestId: string;
  /** The database with the tables of one capability: `tx.db<Tables>()`. */
  db<Tables>(): Kysely<Tables>;
  /** Saves an event and lets subscribers do their part, in this transaction. */
  record(event: NewEvent): Promise<StoredEvent>;
  /** Asks to be woken at an instant. The same kind, subject and instant is asked for once. */
  schedule(due: NewDue): Promise<void>;
  /** Takes back what was asked for with `schedule`. */
  unschedule(due: NewDue): Promise<void>;
}

const attemptsAtMost = 12;
// Serialization failure, deadlock, and a key that another transaction took between our look and our write: PostgreSQL
// may tell that as a double key before it sees the conflict. Looked at again, the facts give the right answer.
const retryable = new Set(['40001', '40P01', '23505']);
const notAnIdentifier = '22P02';

class NowIsTooEarly extends Error {
  readonly at: Instant;

  constructor(at: Instant) {
    super('An event of the same subject lies later than now');
    this.at = at;
  }
}

/**
 * Runs one operation: loads, decides and saves in one SERIALIZABLE transaction, and again from the start when
 * another transaction made what it read untrue. A refusal rolls everything back and is then recorded in a
 * transaction of its own: a denied attempt is a security fact.
 */
export async function operate<T>(
  runtime: Runtime,
  attempt: Attempt,
  work: (tx: Tx) => Promise<T>,
): Promise<Outcome<T>> {
  try {
    return accept(await retrying(runtime, attempt, work));
  } catch (fault) {
    if (!(fault instanceof RefusedError)) throw fault;
    await recordRefusal(runtime, attempt, fault.refusal);
    return { is: 'refused', refusal: fault.refusal };
  }
}

async function retrying<T>(runtime: Runtime, attempt: Attempt, work: (tx: Tx) => Promise<T>): Promise<T> {
  let earliestNow: Instant | null = null;
  for (let count = 1; ; count += 1) {
    try {
      return await once(runtime, attempt, earliestNow, work);
    } catch (fault) {
      if (fault instanceof NowIsTooEarly) earliestNow = fault.at;
      else if (count >= attemptsAtMost || !retryable.has(codeOf(fault))) throw translated(fault);
      else await pause(count);
    }
  }
}

async function once<T>(
  runtime: Runtime,
  attempt: Attempt,
  earliestNow: Instant | null,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  let leavesTrace = false;
  const value = await runtime.db
    .transaction()
    .setIsolationLevel('serializable')
    .execute(async (db) => {
      const clockNow = runtime.clock.now();
      const now = earliestNow !== null && isBefore(clockNow, earliestNow) ? earliestNow : clockNow;
      const tx: Tx = {
        now,
        realNow: runtime.realClock.now(),
        caller: attempt.caller,
        requestId: attempt.requestId,
        db: named(db),
        async record(event) {
          leavesTrace = true;
          // INVARIANT: within one subject, events never run backwards, even when two nodes' clocks differ.
          const last = await lastInstantOf(db, event.subject);
          if (last !== null && isBefore(now, last)) throw new NowIsTooEarly(last);
          const targets = await (runtime.nameTargets?.(db, event.targets ?? []) ?? event.targets ?? []);
          const stored = await appendEvent(db, {
            event: { ...event, targets },
            at: now,
            caller: attempt.caller,
            requestId: attempt.requestId,
          });
          for (const subscriber of runtime.subscribers.get(event.type) ?? []) await subscriber(tx, stored);
          return stored;
        },
        async schedule(due) {
          leavesTrace = true;
          await scheduleDue(db, due);
        },
        unschedule: (due) => cancelDue(db, due),
      };
      return work(tx);
    });
  if (leavesTrace) runtime.nudge();
  return value;
}

async function lastInstantOf(db: Kysely<unknown>, subject: string): Promise<Instant | null> {
  const { rows } = await sql<{
    at: Instant | null;
  }>`select max(at) as at from event where subject = ${subject}`.execute(db);
  return rows[0]?.at ?? null;
}

/**
 * Runs a read with the same handle that operations have, in one transaction that changes nothing, at one snapshot. A
 * refusal is recorded as `operate` does. What is read decides nothing: whoever acts on it is judged anew.
 */
export async function observe<T>(
  runtime: Runtime,
  attempt: Attempt,
  work: (tx: Tx) => Promise<T>,
): Promise<Outcome<T>> {
  try {
    const value = await readOnly(runtime.db, (db) =>
      work({
        now: runtime.clock.now(),
        realNow: runtime.realClock.now(),
        caller: attempt.caller,
        requestId: attempt.requestId,
        db: named(db),
        record: changesNothing,
        schedule: changesNothing,
        unschedule: changesNothing,
      }),
    );
    return accept(value);
  } catch (fault) {
    const told = translated(fault);
    if (!(told instanceof RefusedError)) throw told;
    await recordRefusal(runtime, attempt, told.refusal);
    return { is: 'refused', refusal: told.refusal };
  }
}

/** Carries out of a transaction that nothing would have happened, so that whatever was written is taken back. */
class CameToNothing extends Error {}

/**
 * Whether work at an instant would come to anything, as things are now: it is tried, and taken back as soon as it records
 * something. What is refused comes to nothing.
 */
export async function wouldHappen(
  runtime: Runtime,
  now: Instant,
  attempt: Attempt,
  work: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  const happens = async () => {
    throw new Error('Something happens');
  };
  try {
    return await runtime.db.transaction().execute(async (db): Promise<never> => {
      const { caller, requestId } = attempt;
      const plans = { schedule: async () => undefined, unschedule: async () => undefined };
      await work({
        now,
        realNow: runtime.realClock.now(),
        caller,
        requestId,
        db: named(db),
        record: happens,
        ...plans,
      });
      throw new CameToNothing();
    });
  } catch (fault) {
    // Whatever else goes wrong is for the work itself to say, when it is due.
    return !(fault instanceof RefusedError || fault instanceof CameToNothing);
  }
}

async function changesNothing(): Promise<never> {
  throw new Error('A read changes nothing');
}

/** Gives the tables of one capability their names. */
function named(db: Db): Tx['db'] {
  return <Tables>() => db.withTables<Tables & Record<never, never>>() as unknown as Kysely<Tables>;
}

/** Records a refusal in a transaction of its own. `operate` does so itself; this is for what is refused elsewhere. */
export async function recordRefusal(runtime: Runtime, attempt: Attempt, refusal: Refusal): Promise<void> {
  await runtime.db.transaction().execute((db) =>
    appendEvent(db, {
      event: {
        type: attempt.attempts,
        subject: attempt.subject ?? '',
        correlation: attempt.correlation ?? newId(),
        targets: attempt.targets ?? [],
        data: { message: refusal.message, ...(refusal.target === undefined ? {} : { target: refusal.target }) },
      },
      at: runtime.clock.now(),
      caller: attempt.caller,
      requestId: attempt.requestId,
      refusal: refusal.code,
    }),
  );
  runtime.nudge();
}

function translated(fault: unknown): unknown {
  if (codeOf(fault) !== notAnIdentifier) return fault;
  return new RefusedError({
    kind: 'invalid',
    code: 'Request_BadRequest',
    message: 'An identifier in the request is not a GUID.',
  });
}

function codeOf(fault: unknown): string {
  return typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : '';
}

function pause(count: number): Promise<void> {
  const milliseconds = Math.min(200, 2 ** count) * (0.5 + Math.random());
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Reads in one transaction that changes nothing, at one snapshot. */
export function readOnly<T>(db: Kysely<unknown>, work: (db: Kysely<unknown>) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}
