import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { isMigrated } from '../src/platform/migrate.ts';
import { databaseKinds, freshDatabase } from './postgres.ts';

describe.each(databaseKinds)('a fresh database (%s)', (kind) => {
  test('is migrated and is the kind that was asked for', async () => {
    const database = await freshDatabase(kind);
    expect(database.kind).toBe(kind);
    expect(await isMigrated(database.db)).toBe(true);
    await database.close();
  });

  test('shares nothing with another', async () => {
    const [one, other] = await Promise.all([freshDatabase(kind), freshDatabase(kind)]);
    await sql`create table only_here (id int)`.execute(one.db);
    const found = await sql`select 1 from pg_tables where tablename = 'only_here'`.execute(other.db);
    expect(found.rows).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });
});
