import type { Kysely } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import { defaults, type Settings } from './model.ts';

/** The table of settings. A type, not an interface: the query builder wants an index signature. */
export type SettingTables = {
  governance_setting: {
    name: string;
    value: string;
    valid_from: Instant;
    valid_to: Instant | null;
    set_by: string | null;
  };
};

type Db = Kysely<SettingTables>;

/** All settings as they are now. */
export async function readSettings(db: Db): Promise<Settings> {
  const rows = await db.selectFrom('governance_setting').selectAll().where('valid_to', 'is', null).execute();
  return { ...defaults, ...Object.fromEntries(rows.map(({ name, value }) => [name, value])) };
}

/** The same of a handle whose tables are not named. */
export function readSettingsIn(db: Kysely<unknown>): Promise<Settings> {
  return readSettings(db.$extendTables<SettingTables>());
}

/** Who gave a setting the value that it has now; null for nobody, or nobody known. */
export async function readSettledBy(db: Db, name: keyof Settings): Promise<Id | null> {
  const row = await db
    .selectFrom('governance_setting')
    .select('set_by')
    .where('name', '=', name)
    .where('valid_to', 'is', null)
    .executeTakeFirst();
  return row?.set_by ?? null;
}

/** Gives a setting another value from an instant on, in somebody's name. What held before stays readable. */
export async function writeSetting(
  db: Db,
  name: keyof Settings,
  value: unknown,
  { at, by }: { readonly at: Instant; readonly by: Id | null },
): Promise<void> {
  await db
    .updateTable('governance_setting')
    .set({ valid_to: at })
    .where('name', '=', name)
    .where('valid_to', 'is', null)
    .execute();
  // Changed twice at the same instant: the window in between is empty, and the last word holds.
  await db.deleteFrom('governance_setting').where('name', '=', name).where('valid_from', '=', at).execute();
  await db
    .insertInto('governance_setting')
    .values({ name, value: JSON.stringify(value), valid_from: at, valid_to: null, set_by: by })
    .execute();
}
