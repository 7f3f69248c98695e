import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Excluding, ExcludingKind } from './decisions.ts';

/** The table of incompatibilities. */
export interface DutyTables {
  package_incompatibility: {
    id: Id;
    package_id: Id;
    excludes_kind: ExcludingKind;
    excludes_id: Id;
    created_at: Instant;
    removed_at: Instant | null;
  };
}

type Db = Kysely<DutyTables>;

/** One incompatibility: a package, and what it cannot be had together with. */
export interface Incompatibility {
  readonly packageId: Id;
  readonly kind: ExcludingKind;
  readonly excludedId: Id;
}

/** Whether something is marked as incompatible with a package. */
export async function isIncompatible(db: Db, { packageId, kind, excludedId }: Incompatibility): Promise<boolean> {
  const row = await db
    .selectFrom('package_incompatibility')
    .select('id')
    .where('package_id', '=', packageId)
    .where('excludes_kind', '=', kind)
    .where('excludes_id', '=', excludedId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertIncompatibility(db: Db, id: Id, one: Incompatibility, at: Instant): Promise<void> {
  await db
    .insertInto('package_incompatibility')
    .values({
      id,
      package_id: one.packageId,
      excludes_kind: one.kind,
      excludes_id: one.excludedId,
      created_at: at,
      removed_at: null,
    })
    .execute();
}

/** Ends an incompatibility. */
export async function markCompatible(db: Db, one: Incompatibility, at: Instant): Promise<void> {
  await db
    .updateTable('package_incompatibility')
    .set({ removed_at: at })
    .where('package_id', '=', one.packageId)
    .where('excludes_kind', '=', one.kind)
    .where('excludes_id', '=', one.excludedId)
    .where('removed_at', 'is', null)
    .execute();
}

/** The groups that a package is incompatible with. */
export async function loadExcludingGroups(db: Db, packageId: Id): Promise<Id[]> {
  const rows = await db
    .selectFrom('package_incompatibility')
    .select('excludes_id')
    .where('package_id', '=', packageId)
    .where('excludes_kind', '=', 'group')
    .where('removed_at', 'is', null)
    .orderBy('excludes_id')
    .execute();
  return rows.map((row) => row.excludes_id);
}

/**
 * The packages that a person has now and that keep another from them: those that it is marked incompatible with and,
 * where the relation counts both ways, those that are marked incompatible with it.
 */
export async function loadExcludingPackages(
  db: Kysely<unknown>,
  of: { readonly packageId: Id; readonly targetId: Id; readonly bothWays: boolean },
  at: Instant,
): Promise<Excluding[]> {
  const { rows } = await sql<Excluding>`
    select distinct 'package' as kind, other.id, other.display_name as "displayName"
    from package_assignment as held join access_package as other on other.id = held.package_id
    where held.target_id = ${of.targetId}::uuid
      and coalesce(least(held.ends_at, held.ended_at) > ${at}::timestamptz, true)
      and exists (select 1 from package_incompatibility as pair
        where pair.removed_at is null and pair.excludes_kind = 'package'
          and (pair.package_id = ${of.packageId}::uuid and pair.excludes_id = other.id
            or ${of.bothWays}::boolean and pair.package_id = other.id and pair.excludes_id = ${of.packageId}::uuid))
    order by "displayName", other.id`.execute(db);
  return rows;
}
