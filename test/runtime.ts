import type { Caller, UserCaller } from '../src/kernel/caller.ts';
import type { Id } from '../src/kernel/ids.ts';
import { newId } from '../src/kernel/ids.ts';
import { type Outcome, orRefuse } from '../src/kernel/outcome.ts';
import type { Instant } from '../src/kernel/time.ts';
import type { Database } from '../src/platform/database.ts';
import { silent } from '../src/platform/log.ts';
import { operate, type Runtime, type Subscriber, type Tx } from '../src/platform/transaction.ts';

/** Governance time in the hands of a test. */
export interface TestClock {
  now(): Instant;
  set(instant: string): void;
}

/** A runtime over a test's database: a clock that stands at `start` until set, no background work. */
export interface TestRuntime extends Runtime {
  readonly clock: TestClock;
  /** Runs work as somebody, and gives its value or throws its refusal. */
  as<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs work as somebody, and gives its outcome. */
  attempt<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<Outcome<T>>;
}

export const start = '2030-01-01T08:00:00Z';

export function testRuntime(
  { db }: Database,
  subscribers: ReadonlyMap<string, readonly Subscriber[]> = new Map(),
): TestRuntime {
  let now = Temporal.Instant.from(start);
  const runtime: Runtime & { clock: TestClock } = {
    db,
    clock: {
      now: () => now,
      set: (instant) => {
        now = Temporal.Instant.from(instant);
      },
    },
    realClock: { now: () => now },
    log: silent,
    subscribers,
    nudge: () => undefined,
  };
  const attempt = <T>(caller: Caller, work: (tx: Tx) => Promise<T>) =>
    operate(runtime, { caller, requestId: newId(), attempts: 'test.attempted' }, work);
  return { ...runtime, attempt, as: async (caller, work) => orRefuse(await attempt(caller, work)) };
}

export const system: Caller = { kind: 'system' };

/** A person as a caller, with MFA proven at the start of the test's time. */
export function person(id: Id = newId(), name = 'someone'): UserCaller {
  return {
    kind: 'user',
    id,
    displayName: name,
    userPrincipalName: `${name}@sallyport.example`,
    appId: newId(),
    mfaAt: Temporal.Instant.from(start),
  };
}
