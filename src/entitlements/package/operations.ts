import { loadRole } from '../../directory/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { isOnboarded } from '../../privileged/index.ts';
import { giveToHolders, takeFromHolders } from '../assignment/operations/deliver.ts';
import { needsPim, type Resource, type ResourceRole, roleKindOf, roleNames } from '../catalog/model.ts';
import { originSystemOf } from '../catalog/origins.ts';
import { loadCatalog, loadResourceRole, loadResources } from '../catalog/store.ts';
import { authoriseFor, authoriseIn } from '../delegation/operations/authority.ts';
import { demandRoomForPackage } from '../limits/operations.ts';
import { found, reject } from '../refusals.ts';
import { isInUse } from '../request/operations/in-use.ts';
import type { PackageBody, RoleScopeBody } from './contract.ts';
import type { AccessPackage } from './model.ts';
import {
  givesRole,
  insertPackage,
  insertRoleScope,
  loadContents,
  loadPackage,
  markPackageDeleted,
  markRoleScopeRemoved,
  updatePackage,
} from './store.ts';

/** Creates a package (`POST /accessPackages`). Only a rehearsal chooses the id. */
export async function createPackage(tx: Tx, body: PackageBody, id: Id = newId()): Promise<Id> {
  const catalogId = body.catalog?.id.toLowerCase();
  if (catalogId === undefined) reject('PropertyRequired', 'Say which catalog the package is in.', 'catalog/id');
  if (body.displayName === undefined) reject('PropertyRequired', 'A package needs a name.', 'displayName');
  await authoriseIn(tx, 'accessPackage.create', catalogId);
  found(await loadCatalog(tx.db(), catalogId), 'catalog', catalogId);
  await demandRoomForPackage(tx, catalogId);
  const accessPackage: AccessPackage = {
    id,
    catalogId,
    displayName: body.displayName,
    description: body.description ?? null,
    isHidden: body.isHidden ?? false,
    createdAt: tx.now,
    modifiedAt: tx.now,
  };
  await insertPackage(tx.db(), accessPackage);
  await record(tx, 'access-package.created', accessPackage);
  return accessPackage.id;
}

/** Changes a package (`PATCH /accessPackages/{id}`). */
export async function changePackage(tx: Tx, id: Id, body: PackageBody): Promise<void> {
  await authoriseFor(tx, 'accessPackage.update', id);
  const before = found(await loadPackage(tx.db(), id), 'access package', id);
  if (body.catalog && body.catalog.id.toLowerCase() !== before.catalogId) {
    reject('PropertyNotChangeable', 'A package stays in its catalog.', 'catalog/id');
  }
  const changed: AccessPackage = {
    ...before,
    displayName: body.displayName ?? before.displayName,
    description: body.description === undefined ? before.description : body.description,
    isHidden: body.isHidden ?? before.isHidden,
    modifiedAt: tx.now,
  };
  await updatePackage(tx.db(), changed);
  await record(tx, 'access-package.updated', changed);
}

/** Deletes a package (`DELETE /accessPackages/{id}`) unless somebody has it or waits for it. */
export async function deletePackage(tx: Tx, id: Id): Promise<void> {
  await authoriseFor(tx, 'accessPackage.delete', id);
  const accessPackage = found(await loadPackage(tx.db(), id), 'access package', id);
  if (await isInUse(tx, { packageId: id })) {
    reject('AccessPackageInUse', 'There are assignments or open requests for this package.');
  }
  for (const content of await loadContents(tx.db(), id)) await markRoleScopeRemoved(tx.db(), content.id, tx.now);
  await markPackageDeleted(tx.db(), id, tx.now);
  await record(tx, 'access-package.deleted', accessPackage);
}

/**
 * Lets a package give a role of a resource of its catalog (`POST …/resourceRoleScopes`), to those who have the package
 * too. Requests that wait were made for what the package gave then. Gives the id in Graph.
 */
export async function addRole(tx: Tx, packageId: Id, body: RoleScopeBody): Promise<Id> {
  await authoriseFor(tx, 'accessPackage.update', packageId);
  const accessPackage = found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  const role = await roleOf(tx, accessPackage.catalogId, body);
  if (await givesRole(tx.db(), packageId, role.id)) {
    reject('RoleAlreadyInPackage', 'The package gives this role already.', 'role/originId');
  }
  const id = newId();
  await insertRoleScope(tx.db(), { id, packageId, roleId: role.id, at: tx.now });
  const { originSystem, originId, displayName } = role.resource;
  await giveToHolders(tx, packageId, { id, originSystem, originId, kind: role.kind, displayName });
  await record(tx, 'access-package.roleAdded', accessPackage, {
    role: roleNames[role.kind],
    resourceId: role.resource.id,
    originId: role.resource.originId,
  });
  return `${id}_${role.resource.scopeId}`;
}

/** Stops a package giving a role (`DELETE …/resourceRoleScopes/{id}`). Who has the package loses it. */
export async function removeRole(tx: Tx, packageId: Id, wireId: string): Promise<void> {
  await authoriseFor(tx, 'accessPackage.update', packageId);
  const accessPackage = found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  const contents = await loadContents(tx.db(), packageId);
  const content = found(
    contents.find((one) => wireId.startsWith(`${one.id}_`)),
    'resource role scope',
    wireId,
  );
  await markRoleScopeRemoved(tx.db(), content.id, tx.now);
  await takeFromHolders(tx, packageId, content);
  await record(tx, 'access-package.roleRemoved', accessPackage, {
    role: roleNames[content.kind],
    originId: content.originId,
  });
}

async function roleOf(tx: Tx, catalogId: Id, body: RoleScopeBody): Promise<ResourceRole> {
  const { originSystem } = body.role;
  if (originSystem) originSystemOf(originSystem, 'role/originSystem');
  const resource = await resourceOf(tx, catalogId, body);
  const kind = roleKindOf(body.role.originId, resource);
  if (kind === null) {
    return reject(
      'ResourceRoleNotFound',
      `${resource.displayName} has no role ${body.role.originId}.`,
      'role/originId',
    );
  }
  if (needsPim(kind) && !(await isOnboarded(tx, resource.originId))) {
    reject('GroupNotUnderPim', 'Eligible roles exist once the group is managed by PIM for Groups.', 'role/originId');
  }
  if (kind === 'active' && ((await loadRole(tx, resource.originId))?.isPrivileged ?? true)) {
    reject('PrivilegedRoleNotAllowed', 'A package gives a privileged role as eligible only.', 'role/originId');
  }
  const role = await loadResourceRole(tx.db(), resource, kind);
  return role ?? reject('ResourceRoleNotFound', 'The resource has no such role.', 'role/originId');
}

/** The resource of a role: by its id, or by the id that it has where it comes from. */
async function resourceOf(tx: Tx, catalogId: Id, { role, scope }: RoleScopeBody): Promise<Resource> {
  const id = (role.resource?.id ?? scope?.resource?.id)?.toLowerCase();
  const originId = (role.resource?.originId ?? scope?.originId ?? role.originId.split('_')[1])?.toLowerCase();
  const resources = await loadResources(tx.db(), { catalogId });
  const resource = resources.find((one) => (id === undefined ? one.originId === originId : one.id === id));
  if (resource !== undefined) return resource;
  return reject('ResourceNotInCatalog', "Add the resource to the package's catalog first.", 'role/resource/id');
}

async function record(
  tx: Tx,
  type: string,
  accessPackage: AccessPackage,
  data: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await tx.record({
    type,
    subject: accessPackage.id,
    correlation: newId(),
    targets: [{ id: accessPackage.id, type: 'AccessPackage', displayName: accessPackage.displayName }],
    data: { catalogId: accessPackage.catalogId, isHidden: accessPackage.isHidden, ...data },
  });
}
