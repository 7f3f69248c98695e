import { type Kysely, sql } from 'kysely';
import type { ClockState } from './time.ts';

type Db = Kysely<unknown>;

/** The saved state of the clock; null before the first start. */
export async function loadClock(db: Db): Promise<ClockState | null> {
  const { rows } = await sql<ClockState>`
    select base, real_base as "realBase", running from rehearsal_clock`.execute(db);
  return rows[0] ?? null;
}

export async function saveClock(db: Db, { base, realBase, running }: ClockState): Promise<void> {
  await sql`
    insert into rehearsal_clock (base, real_base, running) values (${base}, ${realBase}, ${running})
    on conflict (only_row) do update set base = excluded.base, real_base = excluded.real_base,
      running = excluded.running`.execute(db);
}

/** Kept through a reset: what says which migrations ran, and the keys that tokens are signed with. */
const keptForGood = ['kysely_migration', 'kysely_migration_lock', 'signin_key'];
/** Kept too while the people stay who they are: who is signed in. */
const sessions = 'signin_session';
const snapshotSchema = 'rehearsal_start';
/** Which migrations had run when the snapshot was taken. */
const snapshotMigrations = sql.id(snapshotSchema, 'kysely_migration');

/** Empties every table and forgets the snapshot: the rehearsal begins from nothing, and nobody is signed in. */
export async function emptyDatabase(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`drop schema if exists ${sql.id(snapshotSchema)} cascade`.execute(tx);
    await truncate(tx, [...(await resettableTables(tx)), sessions]);
  });
}

/** Keeps a copy of every table, to come back to. */
export async function takeSnapshot(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`drop schema if exists ${sql.id(snapshotSchema)} cascade`.execute(tx);
    await sql`create schema ${sql.id(snapshotSchema)}`.execute(tx);
    for (const table of await resettableTables(tx)) {
      await sql`create table ${sql.id(snapshotSchema, table)} as table ${sql.id('public', table)}`.execute(tx);
    }
    await sql`create table ${snapshotMigrations} as select name from kysely_migration`.execute(tx);
  });
}

/** Whether a snapshot was taken. */
export async function hasSnapshot(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_namespace where nspname = ${snapshotSchema}`.execute(db);
  return rows.length > 0;
}

/** Whether the snapshot has the tables that there are now: one that is older than the newest migration cannot be come back to. */
export async function isSnapshotCurrent(db: Db): Promise<boolean> {
  const { rows } = await sql<{ isKept: boolean }>`
    select exists (select 1 from pg_tables where schemaname = ${snapshotSchema} and tablename = 'kysely_migration')
      as "isKept"`.execute(db);
  if (rows[0]?.isKept !== true) return false;
  const later =
    await sql`select name from kysely_migration except select name from ${snapshotMigrations} limit 1`.execute(db);
  return later.rows.length === 0;
}

/** Puts every table back to the snapshot, all or nothing. */
export async function restoreSnapshot(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const tables = await resettableTables(tx);
    await truncate(tx, tables);
    for (const table of tables) {
      const columns = sql.join((await columnsOf(tx, table)).map((column) => sql.id(column)));
      await sql`insert into ${sql.id('public', table)} (${columns}) overriding system value
                select ${columns} from ${sql.id(snapshotSchema, table)}`.execute(tx);
    }
  });
}

async function truncate(db: Db, tables: readonly string[]): Promise<void> {
  await sql`truncate ${sql.join(tables.map((table) => sql.id('public', table)))}`.execute(db);
}

/** All tables that a reset touches, those that others refer to first. */
async function resettableTables(db: Db): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(db);
  const references = await sql<{ child: string; parent: string }>`
    select child.relname as child, parent.relname as parent
    from pg_constraint join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid
    where contype = 'f' and conrelid <> confrelid`.execute(db);
  const names = tables.rows.map((row) => row.name).filter((name) => ![...keptForGood, sessions].includes(name));
  return parentsFirst(names, references.rows);
}

function parentsFirst(names: readonly string[], references: readonly { child: string; parent: string }[]): string[] {
  const ordered: string[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    if (ordered.includes(name) || above.includes(name)) return;
    for (const { child, parent } of references) if (child === name) visit(parent, [...above, name]);
    if (names.includes(name)) ordered.push(name);
  };
  for (const name of names) visit(name, []);
  return ordered;
}

async function columnsOf(db: Db, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'
    order by ordinal_position`.execute(db);
  return rows.map((row) => row.name);
}
