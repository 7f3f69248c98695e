import { setTimeout as delay } from 'node:timers/promises';
import { type Id, newId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import { uptimeMs } from './clock.ts';
import { type Deadline, type Due, earliestDue, type NewDue, nextDue, takeDue } from './due.ts';
import { type Consumer, consumeEvents, hasUnreadEvents } from './events.ts';
import { operate, type Runtime, type Tx, wouldHappen } from './transaction.ts';

/** Does what has fallen due, in one transaction, at the governance clock's now. */
export type DueHandler = (tx: Tx, subject: string) => Promise<void>;

/** Everything that happens after a commit or as time passes, by its name. */
export interface BackgroundWork {
  readonly due: ReadonlyMap<string, DueHandler>;
  readonly consumers: ReadonlyMap<string, Consumer>;
}

/** Runs background work: on its own in a server, or step by step when a rehearsal moves its clock. */
export interface Worker {
  /**
   * Does all work due at or before an instant in the order of instants, `moveTo` being told each of them first and
   * the last instant in the end, and then hands all events to the consumers. A fault stops it.
   */
  catchUp(until: Instant, moveTo?: (at: Instant) => Promise<void>): Promise<void>;
  /**
   * The first instant after another at which planned work comes to something, as things are now, and which; null if there
   * is none. What was planned for a request that is decided by then is not waited for.
   */
  nextDeadline(after: Instant): Promise<Deadline | null>;
  /** Hands all events of committed transactions to the consumers, now. */
  settle(): Promise<void>;
  /** Lets something be done while no background work runs. */
  pause(doing: () => Promise<void>): Promise<void>;
  /** Wakes up soon, and at least once a second, until stopped. */
  start(): void;
  nudge(): void;
  /** Ends after the piece of work in hand. */
  stop(): Promise<void>;
}

const system = { kind: 'system' } as const;
const intervalMs = 1_000;
const retryAfterMs = 30_000;
const waitMs = 20;
const mostTries = 500;

export function createWorker(runtime: Runtime, work: BackgroundWork): Worker {
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  let stopped = false;
  const failedUntil = new Map<Id, number>();

  /** One turn at a time: a nudge during a turn waits for it. */
  function inTurn(doing: () => Promise<void>): Promise<void> {
    const mine = turn.then(doing);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function runDue(until: Instant, moveTo: ((at: Instant) => Promise<void>) | undefined): Promise<void> {
    for (;;) {
      if (stopped) return;
      const due = await earliestDue(runtime.db, until, waiting());
      if (due === null) return;
      await moveTo?.(due.at);
      await runOne(due, moveTo !== undefined);
    }
  }

  async function runOne(due: Due, stopAtFault: boolean): Promise<void> {
    const handler = work.due.get(due.kind);
    if (handler === undefined) throw new Error(`No handler for due work of kind ${due.kind}`);
    try {
      const attempt = { caller: system, requestId: newId(), attempts: `due.${due.kind}`, subject: due.subject };
      const outcome = await operate(runtime, attempt, async (tx) => {
        if (await takeDue(tx.db(), due.id, tx.now)) await handler(tx, due.subject);
      });
      if (outcome.is === 'refused') throw new Error(`Due work ${due.kind} was refused: ${outcome.refusal.message}`);
    } catch (fault) {
      if (stopAtFault) throw fault;
      runtime.log.error({ fault, due }, 'Due work failed and will be tried again');
      failedUntil.set(due.id, uptimeMs() + retryAfterMs);
    }
  }

  function waiting(): Id[] {
    for (const [id, until] of failedUntil) if (until < uptimeMs()) failedUntil.delete(id);
    return [...failedUntil.keys()];
  }

  async function drainConsumers(): Promise<void> {
    for (const [name, handle] of work.consumers) {
      while (!stopped && (await consumeEvents(runtime.db, name, handle)) > 0);
    }
  }

  /**
   * Hands over what has been committed until now, however long that takes within reason: any transaction that runs in
   * the same PostgreSQL, of another database too, holds back what was committed after it began.
   */
  async function drainCommitted(): Promise<void> {
    for (let tries = 0; tries < mostTries && !stopped; tries += 1) {
      await drainConsumers();
      const unread = await Promise.all([...work.consumers.keys()].map((name) => hasUnreadEvents(runtime.db, name)));
      if (!unread.includes(true)) return;
      await delay(waitMs);
    }
  }

  async function round(): Promise<void> {
    try {
      await runDue(runtime.clock.now(), undefined);
      await drainConsumers();
    } catch (fault) {
      runtime.log.error({ fault }, 'Background work failed and will be tried again');
    }
  }

  function wake(milliseconds: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      void inTurn(round).then(() => wake(intervalMs));
    }, milliseconds);
    timer.unref();
  }

  async function nextDeadline(after: Instant): Promise<Deadline | null> {
    const planned = await nextDue(runtime.db, after);
    const [first] = planned;
    if (first === undefined || stopped) return null;
    const work: Pick<NewDue, 'kind' | 'subject'>[] = [];
    for (const { at, ...what } of planned) if (await comesToSomething({ at, ...what })) work.push(what);
    return work.length > 0 ? { at: first.at, work } : nextDeadline(first.at);
  }

  async function comesToSomething({ kind, subject, at }: NewDue): Promise<boolean> {
    const attempt = { caller: system, requestId: newId(), attempts: `due.${kind}`, subject };
    return wouldHappen(runtime, at, attempt, async (tx) => work.due.get(kind)?.(tx, subject));
  }

  return {
    nextDeadline: async (after) => {
      const found: (Deadline | null)[] = [];
      await inTurn(async () => {
        found.push(await nextDeadline(after));
      });
      return found[0] ?? null;
    },
    catchUp: (until, moveTo) =>
      inTurn(async () => {
        await runDue(until, moveTo);
        await moveTo?.(until);
        await drainCommitted();
      }),
    settle: () => inTurn(drainCommitted),
    pause: inTurn,
    start: () => wake(0),
    nudge: () => {
      if (timer !== undefined) wake(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
