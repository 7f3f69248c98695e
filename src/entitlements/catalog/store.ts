import type { Kysely } from 'kysely';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { type Catalog, kindsOf, type Resource, type ResourceRole, type ResourceRoleKind } from './model.ts';

interface CatalogRow {
  id: Id;
  display_name: string;
  description: string | null;
  catalog_type: Catalog['catalogType'];
  state: Catalog['state'];
  is_externally_visible: boolean;
  created_at: Instant;
  modified_at: Instant;
  deleted_at: Instant | null;
}

interface ResourceRow {
  id: Id;
  catalog_id: Id;
  origin_system: Resource['originSystem'];
  origin_id: Id;
  display_name: string;
  description: string | null;
  scope_id: Id;
  is_onboarded: boolean;
  created_at: Instant;
  removed_at: Instant | null;
}

/** The tables of catalogs. */
export interface CatalogTables {
  catalog: CatalogRow;
  catalog_resource: ResourceRow;
  catalog_resource_role: { id: Id; resource_id: Id; kind: ResourceRoleKind };
  resource_request: {
    id: Id;
    request_type: 'adminAdd' | 'adminRemove';
    catalog_id: Id;
    resource_id: Id;
    created_at: Instant;
  };
  entitlement_settings: {
    id: 'settings';
    external_user_lifecycle_action: 'none' | 'blockSignIn' | 'blockSignInAndDelete';
    duration_until_deleted: string;
  };
}

type Db = Kysely<CatalogTables>;

export async function insertCatalog(db: Db, catalog: Catalog): Promise<void> {
  await db
    .insertInto('catalog')
    .values({ id: catalog.id, deleted_at: null, ...columnsOf(catalog) })
    .execute();
}

/** Whether a catalog holds one of these groups. */
export async function isGroupInCatalog(db: Db, groupIds: readonly Id[]): Promise<boolean> {
  const row = await db
    .selectFrom('catalog_resource')
    .select('id')
    .where('origin_system', '=', 'AadGroup')
    .where('origin_id', 'in', groupIds)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateCatalog(db: Db, catalog: Catalog): Promise<void> {
  await db.updateTable('catalog').set(columnsOf(catalog)).where('id', '=', catalog.id).execute();
}

function columnsOf(catalog: Catalog): Omit<CatalogRow, 'id' | 'deleted_at'> {
  return {
    display_name: catalog.displayName,
    description: catalog.description,
    catalog_type: catalog.catalogType,
    state: catalog.state,
    is_externally_visible: catalog.isExternallyVisible,
    created_at: catalog.createdAt,
    modified_at: catalog.modifiedAt,
  };
}

export async function markCatalogDeleted(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('catalog').set({ deleted_at: at }).where('id', '=', id).execute();
}

/** How many catalogs there are that have not been deleted. */
export async function countCatalogs(db: Db): Promise<number> {
  const counted = await db
    .selectFrom('catalog')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(counted.count);
}

/** A catalog that has not been deleted. */
export async function loadCatalog(db: Db, id: Id): Promise<Catalog | null> {
  const row = await db
    .selectFrom('catalog')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : catalogOf(row);
}

/** The names of those of some catalogs that have not been deleted, in their order. */
export async function loadCatalogNames(db: Db, ids: readonly Id[]): Promise<Pick<Catalog, 'id' | 'displayName'>[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('catalog')
    .select(['id', 'display_name as displayName'])
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .orderBy('display_name')
    .orderBy('id')
    .execute();
}

/** The catalog that is there from the start. */
export async function loadGeneralCatalog(db: Db): Promise<Catalog | null> {
  const row = await db
    .selectFrom('catalog')
    .selectAll()
    .where('catalog_type', '=', 'serviceDefault')
    .executeTakeFirst();
  return row === undefined ? null : catalogOf(row);
}

/** Keeps a resource with all its roles. `isOnboarded`: whether it is a group that PIM manages already. */
export async function insertResource(db: Db, resource: Resource, isOnboarded: boolean): Promise<void> {
  await db
    .insertInto('catalog_resource')
    .values({
      id: resource.id,
      catalog_id: resource.catalogId,
      origin_system: resource.originSystem,
      origin_id: resource.originId,
      display_name: resource.displayName,
      description: resource.description,
      scope_id: resource.scopeId,
      is_onboarded: isOnboarded,
      created_at: resource.createdAt,
      removed_at: null,
    })
    .execute();
  const roles = kindsOf(resource.originSystem).map((kind) => ({ id: newId(), resource_id: resource.id, kind }));
  await db.insertInto('catalog_resource_role').values(roles).execute();
}

export async function markResourceRemoved(db: Db, id: Id, at: Instant): Promise<void> {
  await db.updateTable('catalog_resource').set({ removed_at: at }).where('id', '=', id).execute();
}

/** Resources that are in catalogs now: all that match. */
export async function loadResources(
  db: Db,
  query: { readonly id?: Id; readonly catalogId?: Id; readonly originId?: Id },
): Promise<Resource[]> {
  let select = db.selectFrom('catalog_resource').selectAll().where('removed_at', 'is', null);
  if (query.id !== undefined) select = select.where('id', '=', query.id);
  if (query.catalogId !== undefined) select = select.where('catalog_id', '=', query.catalogId);
  if (query.originId !== undefined) select = select.where('origin_id', '=', query.originId);
  return (await select.orderBy('created_at').orderBy('id').execute()).map(resourceOf);
}

/** One role of a resource. */
export async function loadResourceRole(
  db: Db,
  resource: Resource,
  kind: ResourceRoleKind,
): Promise<ResourceRole | null> {
  const row = await db
    .selectFrom('catalog_resource_role')
    .selectAll()
    .where('resource_id', '=', resource.id)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, kind: row.kind, resource };
}

/** Shows the eligible roles of a group from now on. */
export async function markOnboarded(db: Db, originId: Id): Promise<void> {
  await db.updateTable('catalog_resource').set({ is_onboarded: true }).where('origin_id', '=', originId).execute();
}

/** Follows a change of a group's name. */
export async function renameResource(db: Db, originId: Id, displayName: string): Promise<void> {
  await db
    .updateTable('catalog_resource')
    .set({ display_name: displayName })
    .where('origin_id', '=', originId)
    .where('removed_at', 'is', null)
    .execute();
}

export async function insertResourceRequest(db: Db, request: CatalogTables['resource_request']): Promise<void> {
  await db.insertInto('resource_request').values(request).execute();
}

/** The tenant's settings, where they were ever changed. */
export async function loadSettings(db: Db): Promise<CatalogTables['entitlement_settings'] | null> {
  return (await db.selectFrom('entitlement_settings').selectAll().executeTakeFirst()) ?? null;
}

export async function saveSettings(db: Db, settings: CatalogTables['entitlement_settings']): Promise<void> {
  await db
    .insertInto('entitlement_settings')
    .values(settings)
    .onConflict((again) => again.column('id').doUpdateSet(settings))
    .execute();
}

function catalogOf(row: CatalogRow): Catalog {
  return {
    id: row.id,
    displayName: row.display_name,
    description: row.description,
    catalogType: row.catalog_type,
    state: row.state,
    isExternallyVisible: row.is_externally_visible,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

/** A resource as its row says. */
export function resourceOf(row: ResourceRow): Resource {
  return {
    id: row.id,
    catalogId: row.catalog_id,
    originSystem: row.origin_system,
    originId: row.origin_id,
    displayName: row.display_name,
    description: row.description,
    scopeId: row.scope_id,
    createdAt: row.created_at,
  };
}
