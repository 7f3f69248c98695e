import { groupRelations, loadGroup, loadRole } from '../../directory/index.ts';
import { authorise } from '../../grants/index.ts';
import { type Id, isId, newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { parseDuration } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { isOnboarded } from '../../privileged/index.ts';
import { authoriseIn, catalogRelations } from '../delegation/operations/authority.ts';
import { endDelegations, ownCreated } from '../delegation/operations/delegate.ts';
import { demandRoomForCatalog, demandRoomForResource } from '../limits/operations.ts';
import { hasPackages, isResourceInUse } from '../package/store.ts';
import { found, notBuilt, reject } from '../refusals.ts';
import type { CatalogBody, ResourceRequestBody, SettingsBody } from './contract.ts';
import type { Catalog, OriginSystem, Resource } from './model.ts';
import { originSystemOf } from './origins.ts';
import {
  type CatalogTables,
  insertCatalog,
  insertResource,
  insertResourceRequest,
  loadCatalog,
  loadGeneralCatalog,
  loadResources,
  loadSettings,
  markCatalogDeleted,
  markOnboarded,
  markResourceRemoved,
  renameResource,
  saveSettings,
  updateCatalog,
} from './store.ts';

/** Makes the catalog *General*, which is there from the start, unless it exists. Gives its id. */
export async function initialiseCatalogs(tx: Tx, id: Id = newId()): Promise<Id> {
  const general = await loadGeneralCatalog(tx.db());
  if (general !== null) return general.id;
  await insertCatalog(tx.db(), {
    id,
    displayName: 'General',
    description: 'Built-in catalog.',
    catalogType: 'serviceDefault',
    state: 'published',
    isExternallyVisible: true,
    createdAt: tx.now,
    modifiedAt: tx.now,
  });
  return id;
}

/**
 * Creates a catalog (`POST /catalogs`), published unless it says otherwise; its creator is its first owner. Only a
 * rehearsal chooses the id.
 */
export async function createCatalog(tx: Tx, body: CatalogBody, id: Id = newId()): Promise<Id> {
  await authorise(tx, 'catalog.create', await catalogRelations(tx, null));
  if (body.displayName === undefined) reject('PropertyRequired', 'A catalog needs a name.', 'displayName');
  await demandRoomForCatalog(tx);
  const catalog: Catalog = {
    id,
    displayName: body.displayName,
    description: body.description ?? null,
    catalogType: 'userManaged',
    state: body.state ?? 'published',
    isExternallyVisible: body.isExternallyVisible ?? false,
    createdAt: tx.now,
    modifiedAt: tx.now,
  };
  await insertCatalog(tx.db(), catalog);
  await record(tx, 'catalog.created', catalog);
  await ownCreated(tx, catalog.id);
  return catalog.id;
}

/** Changes a catalog (`PATCH /catalogs/{id}`). */
export async function changeCatalog(tx: Tx, id: Id, body: CatalogBody): Promise<void> {
  await authoriseIn(tx, 'catalog.update', id);
  const catalog = found(await loadCatalog(tx.db(), id), 'catalog', id);
  const changed: Catalog = {
    ...catalog,
    displayName: body.displayName ?? catalog.displayName,
    description: body.description === undefined ? catalog.description : body.description,
    state: body.state ?? catalog.state,
    isExternallyVisible: body.isExternallyVisible ?? catalog.isExternallyVisible,
    modifiedAt: tx.now,
  };
  await updateCatalog(tx.db(), changed);
  await record(tx, 'catalog.updated', changed);
}

/** Deletes a catalog (`DELETE /catalogs/{id}`). Its packages must be gone. */
export async function deleteCatalog(tx: Tx, id: Id): Promise<void> {
  await authoriseIn(tx, 'catalog.delete', id);
  const catalog = found(await loadCatalog(tx.db(), id), 'catalog', id);
  if (catalog.catalogType === 'serviceDefault') reject('CatalogBuiltIn', 'The built-in catalog cannot be deleted.');
  if (await hasPackages(tx.db(), id)) reject('CatalogNotEmpty', 'Delete the access packages of the catalog first.');
  for (const resource of await loadResources(tx.db(), { catalogId: id })) {
    await markResourceRemoved(tx.db(), resource.id, tx.now);
  }
  await markCatalogDeleted(tx.db(), id, tx.now);
  await endDelegations(tx, id);
  await record(tx, 'catalog.deleted', catalog);
}

/**
 * Adds a resource to a catalog or takes it out (`POST /resourceRequests`). Gives the id of the request. Attributes that
 * requestors would fill in are known and not there (501).
 */
export async function requestResource(tx: Tx, body: ResourceRequestBody): Promise<Id> {
  const type = body.requestType.toLowerCase();
  if (type === 'adminadd') return addResource(tx, body);
  if (type === 'adminremove') return removeResource(tx, body);
  if (type === 'adminupdate') return orRefuse(notBuilt('updates of resources', 'requestType'));
  return reject('RequestTypeNotSupported', `Resources know adminAdd and adminRemove only.`, 'requestType');
}

async function addResource(tx: Tx, body: ResourceRequestBody): Promise<Id> {
  const catalogId = body.catalog?.id.toLowerCase();
  if (catalogId === undefined) reject('PropertyRequired', 'Say which catalog the resource is for.', 'catalog/id');
  await authoriseIn(tx, 'catalog.addResource', catalogId);
  const catalog = found(await loadCatalog(tx.db(), catalogId), 'catalog', catalogId);
  const { originId, attributes } = body.resource;
  if (attributes?.length) orRefuse(notBuilt('attributes of resources', 'resource/attributes'));
  if (originId === undefined) reject('PropertyRequired', 'Say which group or role is meant.', 'resource/originId');
  const originSystem = originSystemOf(body.resource.originSystem ?? 'AadGroup', 'resource/originSystem');
  const origin = await originOf(tx, originSystem, originId.toLowerCase());
  if ((await loadResources(tx.db(), { catalogId, originId: origin.id })).length > 0) {
    reject('ResourceAlreadyInCatalog', 'The catalog has this resource already.', 'resource/originId');
  }
  await demandRoomForResource(tx, catalogId);
  const resource: Resource = {
    id: newId(),
    catalogId,
    originSystem,
    originId: origin.id,
    displayName: origin.displayName,
    description: body.resource.description ?? origin.description,
    scopeId: newId(),
    createdAt: tx.now,
  };
  const isManaged = originSystem === 'AadGroup' && (await isOnboarded(tx, origin.id));
  await insertResource(tx.db(), resource, isManaged);
  return recordResource(tx, 'adminAdd', catalog, resource);
}

async function removeResource(tx: Tx, body: ResourceRequestBody): Promise<Id> {
  const named = await namedResource(tx, body);
  await authoriseIn(tx, 'catalog.addResource', named?.catalogId);
  const resource = found(named, 'resource', body.resource.id ?? body.resource.originId ?? '');
  await authoriseOrigin(tx, resource);
  const catalog = found(await loadCatalog(tx.db(), resource.catalogId), 'catalog', resource.catalogId);
  if (await isResourceInUse(tx.db(), resource.id)) {
    reject('ResourceInUse', 'Take the resource out of the access packages of the catalog first.', 'resource/id');
  }
  await markResourceRemoved(tx.db(), resource.id, tx.now);
  return recordResource(tx, 'adminRemove', catalog, resource);
}

/** The resource that a request means: by its id, or by the group or role that it is in a catalog. */
async function namedResource(tx: Tx, { resource, catalog }: ResourceRequestBody): Promise<Resource | undefined> {
  const id = resource.id?.toLowerCase();
  const originId = resource.originId?.toLowerCase();
  const catalogId = catalog?.id.toLowerCase();
  if (id !== undefined) {
    const [one] = await loadResources(tx.db(), { id });
    return one;
  }
  if (originId === undefined || catalogId === undefined) {
    reject('PropertyRequired', 'Say which resource is to be taken out, or its originId and catalog.', 'resource/id');
  }
  const [one] = isId(originId) ? await loadResources(tx.db(), { catalogId, originId }) : [];
  return one;
}

/** Changes the tenant's settings (`PATCH /settings`): what becomes of governed guests from now on. */
export async function changeSettings(tx: Tx, body: SettingsBody): Promise<void> {
  await authorise(tx, 'entitlementSettings.update');
  const length = body.durationUntilExternalUserDeletedAfterBlocked;
  if (length !== undefined && parseDuration(length) === null) {
    reject('DurationNotValid', 'Write an ISO 8601 duration.', 'durationUntilExternalUserDeletedAfterBlocked');
  }
  const before = await loadSettings(tx.db());
  const settings = {
    id: 'settings',
    external_user_lifecycle_action:
      body.externalUserLifecycleAction ?? before?.external_user_lifecycle_action ?? 'blockSignInAndDelete',
    duration_until_deleted: length ?? before?.duration_until_deleted ?? 'P30D',
  } as const;
  await saveSettings(tx.db(), settings);
  await tx.record({
    type: 'entitlement-settings.updated',
    subject: 'entitlement-settings',
    correlation: newId(),
    data: settings,
  });
}

/** Follows a group that has come under the management of PIM: packages can give it as eligible now. */
export async function followOnboarding(tx: Tx, groupId: Id): Promise<void> {
  await markOnboarded(tx.db(), groupId);
}

/** Follows a change of a group. */
export async function followGroup(tx: Tx, groupId: Id): Promise<void> {
  const group = await loadGroup(tx, groupId);
  if (group !== null) await renameResource(tx.db(), groupId, group.displayName);
}

interface Origin {
  readonly id: Id;
  readonly displayName: string;
  readonly description: string | null;
}

/**
 * What a resource stands for. Who puts a group or a role into a catalog gives others a way to it, and so must be able
 * to give it themselves.
 */
async function originOf(tx: Tx, originSystem: OriginSystem, id: Id): Promise<Origin> {
  const target = 'resource/originId';
  if (!isId(id))
    return reject('ResourceOriginNotFound', `A group or a role has a GUID, not '${id.slice(0, 64)}'.`, target);
  await authoriseOrigin(tx, { originSystem, originId: id });
  if (originSystem === 'DirectoryRole') {
    const role = await loadRole(tx, id);
    if (role === null) return reject('ResourceOriginNotFound', `There is no directory role ${id}.`, target);
    return { id: role.id, displayName: role.displayName, description: null };
  }
  const group = await loadGroup(tx, id);
  if (group === null || group.deletedAt !== null) {
    return reject('ResourceOriginNotFound', `There is no group ${id}.`, target);
  }
  if (group.isDynamic) {
    reject('ResourceNotSuitable', 'The members of a dynamic group follow its rule: no package can add any.', target);
  }
  return { id: group.id, displayName: group.displayName, description: group.description };
}

/** Refuses unless the caller may give what a resource stands for, as its owner or by a role. What is gone binds nobody. */
async function authoriseOrigin(tx: Tx, { originSystem, originId }: Pick<Resource, 'originSystem' | 'originId'>) {
  if (originSystem === 'DirectoryRole') return authorise(tx, 'roleAssignment.manage');
  const group = await loadGroup(tx, originId);
  if (group === null || group.deletedAt !== null) return;
  const operation = group.isAssignableToRole ? 'group.manageMembersRoleAssignable' : 'group.manageMembers';
  return authorise(tx, operation, await groupRelations(tx, group.id));
}

async function recordResource(
  tx: Tx,
  requestType: CatalogTables['resource_request']['request_type'],
  catalog: Catalog,
  resource: Resource,
): Promise<Id> {
  const id = newId();
  await insertResourceRequest(tx.db(), {
    id,
    request_type: requestType,
    catalog_id: catalog.id,
    resource_id: resource.id,
    created_at: tx.now,
  });
  await tx.record({
    type: requestType === 'adminAdd' ? 'catalog-resource.added' : 'catalog-resource.removed',
    subject: resource.id,
    correlation: id,
    targets: [
      { id: resource.id, type: resource.originSystem, displayName: resource.displayName },
      { id: catalog.id, type: 'AccessPackageCatalog', displayName: catalog.displayName },
    ],
    data: { originId: resource.originId, originSystem: resource.originSystem, catalogId: catalog.id },
  });
  return id;
}

async function record(tx: Tx, type: string, catalog: Catalog): Promise<void> {
  await tx.record({
    type,
    subject: catalog.id,
    correlation: newId(),
    targets: [{ id: catalog.id, type: 'AccessPackageCatalog', displayName: catalog.displayName }],
    data: { state: catalog.state },
  });
}
