import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds, freshDatabase } from '../../test/postgres.ts';
import { start, system, type TestRuntime, testRuntime } from '../../test/runtime.ts';
import { type Id, newId } from '../kernel/ids.ts';
import { after } from '../kernel/time.ts';
import type { Database } from '../platform/database.ts';
import type { Tx } from '../platform/transaction.ts';
import { endGrants, extendGrant, type Grant, giveGrant, type Privilege, pathsTo, setAccount } from './index.ts';

/** What happens to one privilege of one person, hour by hour. */
type Move =
  | { readonly is: 'give'; readonly hours: number | null }
  | { readonly is: 'end'; readonly which: number }
  | { readonly is: 'extend'; readonly which: number; readonly hours: number }
  | { readonly is: 'wait' };

const which = fc.nat({ max: 5 });
const hours = fc.integer({ min: 1, max: 8 });
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ is: fc.constant('give' as const), hours: fc.option(hours, { freq: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('end' as const), which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('extend' as const), which, hours }) },
  { weight: 5, arbitrary: fc.constant({ is: 'wait' as const }) },
);

const forever = Number.POSITIVE_INFINITY;

/** What the ledger should come to: windows in whole hours since the start. */
interface Holder {
  readonly id: Id;
  readonly privilege: Privilege;
  readonly windows: { readonly grant: Grant; until: number }[];
  hour: number;
}

const numRuns = process.env['SALLYPORT_DEEP'] === '1' ? 150 : 12;

describe.each(databaseKinds)('overlapping grants on %s', (kind) => {
  let database: Database;
  let runtime: TestRuntime;

  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());

  /** Does one move in the ledger, and notes what it comes to. */
  async function act(tx: Tx, person: Holder, one: Move): Promise<void> {
    if (one.is === 'give') {
      const until = one.hours === null ? null : after(tx.now, Temporal.Duration.from({ hours: one.hours }));
      const grant = await giveGrant(tx, {
        principal: { kind: 'user', id: person.id },
        privilege: person.privilege,
        mode: 'active',
        window: { from: tx.now, until },
        origin: { kind: 'assigned', id: 'test' },
        correlation: newId(),
        links: [],
      });
      person.windows.push({ grant, until: person.hour + (one.hours ?? forever) });
      return;
    }
    if (one.is === 'wait') return;
    const chosen = person.windows.filter(({ until }) => until > person.hour)[one.which];
    if (chosen === undefined) return;
    if (one.is === 'end') {
      await endGrants(tx, [chosen.grant], 'removed');
      chosen.until = person.hour;
    } else if (chosen.until !== forever) {
      chosen.until += one.hours;
      await extendGrant(tx, chosen.grant, Temporal.Instant.from(start).add({ hours: chosen.until }));
    }
  }

  /** Plays the moves for a new person; says after each whether they had it, and whether they should have. */
  async function play(moves: readonly Move[]): Promise<{ had: boolean[]; should: boolean[] }> {
    runtime = testRuntime(database);
    const person: Holder = { id: newId(), privilege: { kind: 'role', id: newId(), scope: '/' }, windows: [], hour: 0 };
    const [had, should]: [boolean[], boolean[]] = [[], []];
    await runtime.as(system, (tx) => setAccount(tx, person.id, true));
    for (const one of moves) {
      await runtime.as(system, (tx) => act(tx, person, one));
      if (one.is === 'wait') {
        person.hour += 1;
        runtime.clock.set(Temporal.Instant.from(start).add({ hours: person.hour }).toString());
      }
      const paths = await runtime.as(system, (tx) => pathsTo(tx, person.id, { mode: 'active', kind: 'role' }));
      had.push(paths.length > 0);
      should.push(person.windows.some(({ until }) => until > person.hour));
    }
    return { had, should };
  }

  test('pain 38: give access exactly while one of them lives, whatever becomes of the others', async () => {
    const seen = { yes: 0, no: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 8, maxLength: 24 }), async (moves) => {
        const { had, should } = await play(moves);
        expect(had).toEqual(should);
        for (const one of should) seen[one ? 'yes' : 'no'] += 1;
      }),
      { numRuns },
    );
    // Moves that always give access, or never, would prove nothing.
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(numRuns);
  });
});
