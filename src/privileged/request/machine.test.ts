import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/postgres.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Database } from '../../platform/database.ts';
import { statusAt } from './entity.ts';
import {
  firstStates,
  mayCancel,
  moved,
  type RequestState,
  type StateName,
  transitions,
  wireStatus,
} from './machine.ts';
import { actions } from './model.ts';

const from = Temporal.Instant.from('2027-01-01T00:00:00Z');
const names = Object.keys(transitions) as StateName[];

function instants() {
  return fc.integer({ min: 0, max: 20 }).map((microseconds) => from.add({ microseconds }));
}

function state(is: StateName, at: Instant): RequestState {
  if (is === 'pendingApproval' || is === 'pendingAdminDecision') return { is, decideBy: at };
  if (is === 'granted') return { is, at: from, startsAt: at };
  if (is === 'failed') return { is, at, code: 'EligibilityRule' };
  return { is, at };
}

describe('a request', () => {
  test('moves as its table says, and in no other way', () => {
    for (const before of names) {
      for (const after of names) {
        const move = () => moved(state(before, from), state(after, from));
        if (transitions[before].includes(after)) expect(move().is).toBe(after);
        else expect(move).toThrow();
      }
    }
  });

  test('reaches every state from where it can begin', () => {
    const reached = new Set<StateName>(firstStates);
    for (const name of reached) for (const next of transitions[name]) reached.add(next);
    expect([...reached].sort()).toEqual([...names].sort());
  });

  test('can be canceled exactly while the wire calls it pending or granted', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), instants(), instants(), (is, at, now) => {
        const shown = wireStatus(state(is, at), now);
        expect(mayCancel(state(is, at), now)).toBe(/^Pending|^Granted/.test(shown));
      }),
    );
  });
});

describe('in the database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase('embedded');
  });
  afterAll(() => database.close());

  async function allowed(column: string): Promise<string[]> {
    const { rows } = await sql<{ text: string }>`select pg_get_constraintdef(oid) as text from pg_constraint
      where conrelid = 'schedule_request'::regclass and contype = 'c'`.execute(database.db);
    const definition = rows.find(({ text }) => text.startsWith(`CHECK ((${column} = ANY`))?.text ?? '';
    return [...definition.matchAll(/'(\w+)'::text/g)].map(([, name = '']) => name).sort();
  }

  test('the states and actions are those of the code', async () => {
    expect(await allowed('state')).toEqual([...names].sort());
    expect(await allowed('action')).toEqual([...actions].sort());
  });

  test('the status in SQL is the machine’s, at any instant', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), instants(), instants(), async (is, at, now) => {
        const columns: Record<string, unknown> = { state: is, decide_by: at, starts_at: at };
        const row = (name: string) => sql`${columns[name]}::${sql.raw(name === 'state' ? 'text' : 'timestamptz')}`;
        const { rows } = await sql<{ status: string }>`select ${statusAt(row, now)} as status`.execute(database.db);
        expect(rows[0]?.status).toBe(wireStatus(state(is, at), now));
      }),
    );
  });
});
