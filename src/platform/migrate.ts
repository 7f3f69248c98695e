import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';

const folder = join(import.meta.dirname, '../../migrations');

/**
 * Brings the database to the newest migration. Each `migrations/NNNN-name.sql` is a list of plain statements, each
 * ending in a semicolon at the end of a line. A migration that was ever released is never edited.
 */
export async function migrate(db: Kysely<unknown>): Promise<void> {
  const { error } = await migrator(db).migrateToLatest();
  if (error !== undefined) throw error;
}

/** Whether a database without migrations has tables in the schema `public` all the same: those of something else. */
export async function holdsForeignTables(db: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql<{ isForeign: boolean }>`
    select count(*) > 0 and not bool_or(tablename = 'kysely_migration') as "isForeign"
    from pg_tables where schemaname = 'public'`.execute(db);
  return rows[0]?.isForeign === true;
}

/** Whether every migration has been applied. */
export async function isMigrated(db: Kysely<unknown>): Promise<boolean> {
  const migrations = await migrator(db).getMigrations();
  return migrations.every((migration) => migration.executedAt !== undefined);
}

function migrator(db: Kysely<unknown>): Migrator {
  return new Migrator({ db, provider: { getMigrations } });
}

async function getMigrations() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = names.map(async (name) => {
    const text = await readFile(join(folder, name), 'utf8');
    return [name.replace(/\.sql$/, ''), { up: (db: Kysely<unknown>) => runStatements(db, text) }] as const;
  });
  return Object.fromEntries(await Promise.all(migrations));
}

async function runStatements(db: Kysely<unknown>, text: string): Promise<void> {
  const statements = text
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  for (const statement of statements) await sql.raw(statement).execute(db);
}
