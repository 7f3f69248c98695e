import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DatabaseKind, databaseKinds, freshDatabase } from '../../test/postgres.ts';
import { system, type TestRuntime, testRuntime } from '../../test/runtime.ts';
import { newId } from '../kernel/ids.ts';
import type { Database } from './database.ts';
import { endOfLog, type HeardEvent, hear, heardSince } from './tail.ts';

let database: Database;
let runtime: TestRuntime;

async function open(kind: DatabaseKind): Promise<void> {
  database = await freshDatabase(kind);
  runtime = testRuntime(database);
}

/** Records one event; `meanwhile` happens before its transaction commits. */
async function happen(type: string, meanwhile: () => Promise<unknown> = async () => undefined): Promise<string> {
  return runtime.as(system, async (tx) => {
    const { id } = await tx.record({ type, subject: newId(), correlation: newId() });
    await meanwhile();
    return id;
  });
}

const typesOf = (events: readonly HeardEvent[] | null) => events?.map(({ event }) => event.type);

describe.each(databaseKinds)('the tail of the log on %s', (kind) => {
  beforeEach(() => open(kind));
  afterEach(() => database.close());

  test('gives what happened after its place, once', async () => {
    await happen('before');
    const place = await endOfLog(database.db);
    expect((await hear(database.db, place)).events).toEqual([]);
    await happen('one');
    await happen('two');
    const first = await hear(database.db, place);
    expect(typesOf(first.events)).toEqual(['one', 'two']);
    expect((await hear(database.db, first.place)).events).toEqual([]);
  });

  test('goes through more than fits one reading without a gap', async () => {
    let place = await endOfLog(database.db);
    const types = ['a', 'b', 'c', 'd', 'e'];
    await runtime.as(system, async (tx) => {
      for (const type of types) await tx.record({ type, subject: newId(), correlation: newId() });
    });
    const all: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const read = await hear(database.db, place, 2);
      place = read.place;
      all.push(...read.events.map(({ event }) => event.type));
    }
    expect(all).toEqual(types);
  });

  test('gives what came after an event, with that event first', async () => {
    await happen('before');
    const id = await happen('here');
    await happen('after');
    expect(typesOf(await heardSince(database.db, id))).toEqual(['here', 'after']);
    expect(await heardSince(database.db, newId())).toBeNull();
    expect(await heardSince(database.db, id, 0)).toBeNull();
  });
});

describe('the tail of the log beside other transactions', () => {
  beforeEach(() => open('postgres'));
  afterEach(() => database.close());

  test('hears at once what overtakes a transaction that still runs, and then that one too', async () => {
    let place = await endOfLog(database.db);
    const listen = async () => {
      const read = await hear(database.db, place);
      place = read.place;
      return read.events;
    };
    await happen('early', async () => {
      await happen('overtakes');
      const heard = await listen();
      expect(typesOf(heard)).toEqual(['overtakes']);
      expect(heard[0]?.isSettled).toBe(false);
      expect(await listen()).toEqual([]);
    });
    expect(typesOf(await listen())).toEqual(['early']);
    expect(await listen()).toEqual([]);
    // Nothing is remembered of what is settled, once no other database holds it back.
    await expect.poll(async () => [await listen(), place.heard.size], { timeout: 60_000 }).toEqual([[], 0]);
  });

  test('begins behind what a running transaction has written, and ahead of what has overtaken it', async () => {
    let place = await endOfLog(database.db);
    await happen('early', async () => {
      await happen('overtakes');
      place = await endOfLog(database.db);
    });
    expect(typesOf((await hear(database.db, place)).events)).toEqual(['early']);
  });

  test('takes no notice of transaction ids that this PostgreSQL has not given out yet', async () => {
    await happen('restored');
    await sql`update event set transaction_id = '9000000000000000000'`.execute(database.db);
    const place = await endOfLog(database.db);
    expect(place.heard.size).toBe(0);
    expect((await hear(database.db, place)).events).toEqual([]);
  });
});
