import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../test/postgres.ts';
import { system, testRuntime } from '../../test/runtime.ts';
import { newId } from '../kernel/ids.ts';
import { createWorker } from './worker.ts';

test('settling waits for what is committed and held back by a transaction that still runs', async () => {
  const database = await freshDatabase('postgres');
  const runtime = testRuntime(database);
  const seen: string[] = [];
  const worker = createWorker(runtime, {
    due: new Map(),
    consumers: new Map([['test', async (_db, event) => void seen.push(event.subject)]]),
  });
  const { promise: held, resolve: finish } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const elsewhere = database.db.transaction().execute(async (tx) => {
    await sql`select pg_current_xact_id()`.execute(tx);
    begin();
    await held;
  });
  await begun;
  await runtime.as(system, (tx) => tx.record({ type: 'test.happened', subject: 'committed', correlation: newId() }));
  const settled = worker.settle();
  await sql`select 1`.execute(database.db);
  expect(seen).toEqual([]);
  finish();
  await elsewhere;
  await settled;
  expect(seen).toEqual(['committed']);
  await worker.stop();
  await database.close();
});
