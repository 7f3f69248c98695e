import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { CatalogTables } from '../catalog/store.ts';
import type { AccessPackage, PackageContent } from './model.ts';

interface PackageRow {
  id: Id;
  catalog_id: Id;
  display_name: string;
  description: string | null;
  is_hidden: boolean;
  created_at: Instant;
  modified_at: Instant;
  deleted_at: Instant | null;
}

/** The tables of packages, and those of catalogs, which they are joined with. */
export interface PackageTables extends CatalogTables {
  access_package: PackageRow;
  package_role_scope: { id: Id; package_id: Id; role_id: Id; created_at: Instant; removed_at: Instant | null };
}

type Db = Kysely<PackageTables>;

export async function insertPackage(db: Db, one: AccessPackage): Promise<void> {
  await db
    .insertInto('access_package')
    .values({ id: one.id, deleted_at: null, ...columnsOf(one) })
    .execute();
}

/** What a package is called, also one that is deleted; null for an id that is none of a package. */
export async function packageName(db: Kysely<unknown>, id: Id): Promise<string | null> {
  const { rows } = await sql<{
    name: string;
  }>`select display_name as name from access_package where id = ${id}`.execute(db);
  return rows[0]?.name ?? null;
}

export async function updatePackage(db: Db, one: AccessPackage): Promise<void> {
  await db.updateTable('access_package').set(columnsOf(one)).where('id', '=', one.id).execute();
}

function columnsOf(one: AccessPackage): Omit<PackageRow, 'id' | 'deleted_at'> {
  return {
    catalog_id: one.catalogId,
    display_name: one.displayName,
    description: one.description,
    is_hidden: one.isHidden,
    created_at: one.createdAt,
    modified_at: one.modifiedAt,
  };
}

export async function markPackageDeleted(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('access_package').set({ deleted_at: at }).where('id', '=', id).execute();
}

/** The names of packages by id, of those too that have been deleted. */
export async function loadPackageNames(db: Db, ids: readonly Id[]): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('access_package').select(['id', 'display_name']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row.display_name]));
}

/** A package that is there; null if there is none or it has been deleted. */
export async function loadPackage(db: Db, id: Id): Promise<AccessPackage | null> {
  const row = await db
    .selectFrom('access_package')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    catalogId: row.catalog_id,
    displayName: row.display_name,
    description: row.description,
    isHidden: row.is_hidden,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

/** How many packages there are that have not been deleted, in a catalog if one is given. */
export async function countPackages(db: Db, catalogId?: Id): Promise<number> {
  let select = db
    .selectFrom('access_package')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('deleted_at', 'is', null);
  if (catalogId !== undefined) select = select.where('catalog_id', '=', catalogId);
  return Number((await select.executeTakeFirstOrThrow()).count);
}

/** Whether a catalog has packages that have not been deleted. */
export async function hasPackages(db: Db, catalogId: Id): Promise<boolean> {
  const row = await db
    .selectFrom('access_package')
    .select('id')
    .where('catalog_id', '=', catalogId)
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What a package gives now. */
export async function loadContents(db: Db, packageId: Id): Promise<PackageContent[]> {
  const rows = await db
    .selectFrom('package_role_scope as gives')
    .innerJoin('catalog_resource_role as role', 'role.id', 'gives.role_id')
    .innerJoin('catalog_resource as resource', 'resource.id', 'role.resource_id')
    .select(['gives.id', 'resource.origin_system', 'resource.origin_id', 'role.kind', 'resource.display_name'])
    .where('gives.package_id', '=', packageId)
    .where('gives.removed_at', 'is', null)
    .orderBy('gives.created_at')
    .orderBy('gives.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    originSystem: row.origin_system,
    originId: row.origin_id,
    kind: row.kind,
    displayName: row.display_name,
  }));
}

/** Whether any package gives a role of the resource. */
export async function isResourceInUse(db: Db, resourceId: Id): Promise<boolean> {
  const row = await db
    .selectFrom('package_role_scope as gives')
    .innerJoin('catalog_resource_role as role', 'role.id', 'gives.role_id')
    .select('gives.id')
    .where('role.resource_id', '=', resourceId)
    .where('gives.removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a package gives a role already. */
export async function givesRole(db: Db, packageId: Id, roleId: Id): Promise<boolean> {
  const row = await db
    .selectFrom('package_role_scope')
    .select('id')
    .where('package_id', '=', packageId)
    .where('role_id', '=', roleId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertRoleScope(
  db: Db,
  row: { readonly id: Id; readonly packageId: Id; readonly roleId: Id; readonly at: Instant },
): Promise<void> {
  await db
    .insertInto('package_role_scope')
    .values({ id: row.id, package_id: row.packageId, role_id: row.roleId, created_at: row.at, removed_at: null })
    .execute();
}

export async function markRoleScopeRemoved(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('package_role_scope').set({ removed_at: at }).where('id', '=', id).execute();
}
