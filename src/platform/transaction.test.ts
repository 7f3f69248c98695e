import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, freshDatabase } from '../../test/postgres.ts';
import { person, system, type TestRuntime, testRuntime } from '../../test/runtime.ts';
import { newId } from '../kernel/ids.ts';
import { RefusedError } from '../kernel/outcome.ts';
import type { Database } from './database.ts';
import { consumeEvents } from './events.ts';
import type { Tx } from './transaction.ts';

describe.each(databaseKinds)('an operation on %s', (kind) => {
  let database: Database;
  let runtime: TestRuntime;

  beforeEach(async () => {
    database = await freshDatabase(kind);
    runtime = testRuntime(database);
  });
  afterEach(() => database.close());

  const countEvents = async (result: string) => {
    const { rows } = await sql<{ count: string }>`
      select count(*)::text as count from event where result = ${result}`.execute(database.db);
    return Number(rows[0]?.count);
  };
  const record = (tx: Tx, subject: string) => tx.record({ type: 'test.happened', subject, correlation: newId() });

  it('leaves nothing of a refused attempt but its trace', async () => {
    const outcome = await runtime.attempt(person(), async (tx) => {
      await record(tx, newId());
      throw new RefusedError({ kind: 'forbidden', code: 'TestRefused', message: 'No.' });
    });
    expect(outcome).toMatchObject({ is: 'refused', refusal: { code: 'TestRefused' } });
    expect(await countEvents('success')).toBe(0);
    expect(await countEvents('failure')).toBe(1);
  });

  it('leaves nothing at all of a fault', async () => {
    const failing = runtime.attempt(system, async (tx) => {
      await record(tx, newId());
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect((await countEvents('success')) + (await countEvents('failure'))).toBe(0);
  });

  it('lets one of many win where each would take the last place', async () => {
    await sql`create table place (owner text)`.execute(database.db);
    const takeLast = (name: string) =>
      runtime.attempt(person(), async (tx) => {
        const { rows } = await sql<{ count: string }>`select count(*)::text as count from place`.execute(tx.db());
        if (Number(rows[0]?.count) > 0) throw new RefusedError({ kind: 'conflict', code: 'Taken', message: 'Taken.' });
        await sql`insert into place values (${name})`.execute(tx.db());
        return name;
      });
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, index) => takeLast(`p${index}`)));
    expect(outcomes.filter((outcome) => outcome.is === 'accepted')).toHaveLength(1);
    expect(await countEvents('failure')).toBe(7);
  });

  it('never lets the events of one subject run backwards', async () => {
    const subject = newId();
    await runtime.as(system, (tx) => record(tx, subject));
    runtime.clock.set('2029-12-31T23:59:59Z');
    const second = await runtime.as(system, (tx) => record(tx, subject));
    expect(second.at.toString()).toBe('2030-01-01T08:00:00Z');
  });

  it('hands a consumer every event once, also those whose transaction commits late', async () => {
    const seen: string[] = [];
    const consume = () => consumeEvents(database.db, 'test', async (_db, event) => void seen.push(event.subject));
    if (kind === 'postgres') {
      // The early transaction takes its number first and commits after the other one has been read.
      let finish = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        finish = resolve;
      });
      let begun = (): void => undefined;
      const hasBegun = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const early = runtime.as(system, async (tx) => {
        await record(tx, 'early');
        begun();
        await held;
      });
      await hasBegun;
      await runtime.as(system, (tx) => record(tx, 'late'));
      await consume();
      expect(seen).toEqual([]);
      finish();
      await early;
    } else {
      await runtime.as(system, (tx) => record(tx, 'early'));
      await runtime.as(system, (tx) => record(tx, 'late'));
    }
    // Transactions of other databases of the same server hold events back as well.
    const read = async () => {
      await consume();
      return seen;
    };
    await expect.poll(read, { timeout: 20_000, interval: 20 }).toEqual(['early', 'late']);
    await consume();
    expect(seen).toEqual(['early', 'late']);
  });

  it('hands a consumer the events in the order in which they were written, however many there are', async () => {
    const seen: string[] = [];
    const consume = () => consumeEvents(database.db, 'test', async (_db, event) => void seen.push(event.subject), 7);
    const subjects = Array.from({ length: 120 }, (_, index) => String(index));
    for (const some of [subjects.slice(0, 60), subjects.slice(60)]) {
      await runtime.as(system, async (tx) => {
        for (const subject of some) await record(tx, subject);
      });
    }
    // Transactions of other databases of the same server hold events back.
    const read = async () => {
      while ((await consume()) > 0);
      return seen.length;
    };
    await expect.poll(read, { timeout: 20_000, interval: 20 }).toBe(subjects.length);
    expect(seen).toEqual(subjects);
  });

  it('says what is wrong with an identifier that is no GUID', async () => {
    const outcome = await runtime.attempt(person(), (tx) =>
      sql`select * from account where principal_id = ${'nonsense'}`.execute(tx.db()),
    );
    expect(outcome).toMatchObject({ is: 'refused', refusal: { kind: 'invalid', code: 'Request_BadRequest' } });
  });
});
