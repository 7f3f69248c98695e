import { type Kysely, sql } from 'kysely';

/** A fact about this database; null if it was never set. */
export async function readSetting<T>(db: Kysely<unknown>, name: string): Promise<T | null> {
  const { rows } = await sql<{ value: T }>`select value from setting where name = ${name}`.execute(db);
  return rows[0]?.value ?? null;
}

/** Sets a fact unless it is set already; gives what holds. Two processes at once agree on one value. */
export async function claimSetting<T>(db: Kysely<unknown>, name: string, value: T): Promise<T> {
  await sql`insert into setting (name, value) values (${name}, ${JSON.stringify(value)}::jsonb)
            on conflict (name) do nothing`.execute(db);
  const held = await readSetting<T>(db, name);
  if (held === null) throw new Error(`The setting ${name} was not kept`);
  return held;
}
