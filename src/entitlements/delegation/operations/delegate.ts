import { loadPrincipal } from '../../../directory/index.ts';
import {
  authorise,
  endGrants,
  type Grant,
  giveGrant,
  grantById,
  isLive,
  liveGrants,
  openGrants,
  refuseSelfGrant,
} from '../../../grants/index.ts';
import { type Id, isId, newId } from '../../../kernel/ids.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadCatalog } from '../../catalog/store.ts';
import { found, reject } from '../../refusals.ts';
import type { DelegationBody, DelegationChangeBody } from '../contract.ts';
import { decideDelegation, scopeOf } from '../decisions.ts';
import { catalogScope, entitlementRoleIds, parseScope, type RoleScope, scopeText } from '../model.ts';
import { loadEntitlementRole } from '../store.ts';
import { authoriseIn } from './authority.ts';

const kind = 'entitlement-role';

/**
 * Gives somebody a role of entitlement management (`POST …/roleAssignments`), as a catalog's owner or an
 * administrator; never to oneself, nor to a group that the caller is in or owns. Gives the id.
 */
export async function delegate(tx: Tx, body: DelegationBody): Promise<Id> {
  const scope = orRefuse(
    scopeOf({ appScopeId: body.appScopeId ?? null, directoryScopeId: body.directoryScopeId ?? null }),
  );
  await authoriseScope(tx, scope);
  if (scope.is === 'catalog') found(await loadCatalog(tx.db(), scope.catalogId), 'catalog', scope.catalogId);
  const roleId = body.roleDefinitionId.toLowerCase();
  const role = await loadEntitlementRole(tx.db(), roleId);
  if (role === null) {
    return reject('RoleDefinitionDoesNotExist', 'There is no role with this id.', 'roleDefinitionId');
  }
  const principal = await loadPrincipal(tx, body.principalId.toLowerCase());
  if (principal === null) {
    return reject('SubjectNotFound', 'There is no user, group or application with this id.', 'principalId');
  }
  await refuseSelfGrant(tx, principal.id, { kind, id: principal.id });
  const held = await inScope(tx, roleId, scope);
  const isHeld = held.some((grant) => grant.principal.id === principal.id);
  orRefuse(decideDelegation(role, scope, { isHeld, delegates: held.length }));
  const grant = await give(tx, { id: principal.id, kind: principal.kind }, roleId, scope);
  return grant.id;
}

/** Makes whoever creates a catalog its first owner, as Entra does. */
export async function ownCreated(tx: Tx, catalogId: Id): Promise<void> {
  const { caller } = tx;
  if (caller.kind === 'system') return;
  await give(tx, { id: caller.id, kind: caller.kind }, entitlementRoleIds.catalogOwner, { is: 'catalog', catalogId });
}

/** Ends all roles in a catalog, when it is deleted. */
export async function endDelegations(tx: Tx, catalogId: Id): Promise<void> {
  await endGrants(tx, await openGrants(tx, { kind, scope: catalogScope(catalogId) }), 'deleted');
}

/** Says of an assignment what is so (`PATCH …/roleAssignments/{id}`). Anything else is another assignment. */
export async function changeDelegation(tx: Tx, id: string, body: DelegationChangeBody): Promise<void> {
  const grant = await present(tx, id);
  const { privilege, principal } = grant;
  const asked: [string, string | null | undefined, string | null][] = [
    ['principalId', body.principalId?.toLowerCase(), principal.id],
    ['roleDefinitionId', body.roleDefinitionId?.toLowerCase(), privilege.id],
    ['appScopeId', body.appScopeId?.toLowerCase(), privilege.scope.toLowerCase()],
  ];
  for (const [name, wanted, is] of asked) {
    if (wanted === undefined || wanted === null || wanted === is) continue;
    reject('PropertyNotChangeable', 'Assign anew, and delete this assignment.', name);
  }
}

/** Takes a role of entitlement management away (`DELETE …/roleAssignments/{id}`). */
export async function withdraw(tx: Tx, id: string): Promise<void> {
  await endGrants(tx, [await present(tx, id)], 'removed');
}

/** An assignment that is in force, of a scope that the caller may delegate in. */
async function present(tx: Tx, id: string): Promise<Grant> {
  const grant = isId(id) ? await grantById(tx, id) : null;
  const isOne = grant !== null && grant.privilege.kind === kind && isLive(grant, tx.now);
  const scope = isOne ? parseScope(grant.privilege.scope) : null;
  await authoriseScope(tx, scope ?? { is: 'tenant' });
  return found(isOne ? grant : null, 'role assignment', id.slice(0, 200));
}

async function authoriseScope(tx: Tx, scope: RoleScope): Promise<void> {
  if (scope.is === 'tenant') return authorise(tx, 'entitlementRole.assignTenantWide');
  return authoriseIn(tx, 'entitlementRole.assign', scope.catalogId);
}

function inScope(tx: Tx, roleId: Id, scope: RoleScope): Promise<Grant[]> {
  return liveGrants(tx, { kind, privilege: roleId, mode: 'active', scope: scopeText(scope) });
}

function give(tx: Tx, principal: Grant['principal'], roleId: Id, scope: RoleScope): Promise<Grant> {
  const id = newId();
  return giveGrant(tx, {
    id,
    principal,
    privilege: { kind, id: roleId, scope: scopeText(scope) },
    mode: 'active',
    window: { from: tx.now, until: null },
    origin: { kind: 'assigned', id },
    correlation: newId(),
  });
}
