import type { AccessOperation, Relation } from '../../../access/index.ts';
import { authorise, pathsTo } from '../../../grants/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadCatalogNames } from '../../catalog/store.ts';
import { loadPackage } from '../../package/store.ts';
import { catalogScope, parseScope, type ResourceAction, relationsOf } from '../model.ts';
import { loadEntitlementRoles } from '../store.ts';

/** How the caller stands to a catalog by the roles that are active for them in it now; null: to all of them. */
export async function catalogRelations(tx: Tx, catalogId: Id | null): Promise<Relation[]> {
  if (tx.caller.kind === 'system') return [];
  const scope = catalogId === null ? '/' : catalogScope(catalogId);
  const paths = await pathsTo(tx, tx.caller.id, { mode: 'active', kind: 'entitlement-role' });
  const held = paths.filter(({ grant }) => grant.privilege.scope === scope).map(({ grant }) => grant.privilege.id);
  const roles = await loadEntitlementRoles(tx.db(), [...new Set(held)]);
  return relationsOf(new Set(roles.flatMap(({ actions }) => actions)));
}

/**
 * Refuses with `Authorization_RequestDenied` (403) unless the caller may do the operation, be it by a role in the
 * catalog. Ask before looking whether the thing exists: then absent and forbidden look alike to strangers.
 */
export async function authoriseIn(
  tx: Tx,
  operation: AccessOperation,
  catalogId: Id | null | undefined,
  relations: readonly Relation[] = [],
): Promise<void> {
  const held = catalogId ? await catalogRelations(tx, catalogId) : [];
  await authorise(tx, operation, [...held, ...relations]);
}

/** The same for what belongs to a package: roles in its catalog count. */
export async function authoriseFor(
  tx: Tx,
  operation: AccessOperation,
  packageId: Id | null | undefined,
  relations: readonly Relation[] = [],
): Promise<void> {
  const catalogId = packageId ? ((await loadPackage(tx.db(), packageId))?.catalogId ?? null) : null;
  await authoriseIn(tx, operation, catalogId, relations);
}

/** What a person or an app may do by roles of entitlement management that are active now. */
export interface Delegated {
  /** In all of the first door. */
  readonly tenantWide: readonly Relation[];
  readonly catalogs: readonly {
    readonly id: Id;
    readonly displayName: string;
    readonly relations: readonly Relation[];
  }[];
}

/** How the caller stands to catalogs, and to the first door as a whole, by the roles that are active for them now. */
export async function delegatedTo(tx: Tx): Promise<Delegated> {
  if (tx.caller.kind === 'system') return { tenantWide: [], catalogs: [] };
  const paths = await pathsTo(tx, tx.caller.id, { mode: 'active', kind: 'entitlement-role' });
  const roles = await loadEntitlementRoles(tx.db(), [...new Set(paths.map(({ grant }) => grant.privilege.id))]);
  const actions = new Map(roles.map((role) => [role.id, role.actions]));
  const scopes = new Map<Id | null, Set<ResourceAction>>();
  for (const { grant } of paths) {
    const scope = parseScope(grant.privilege.scope);
    if (scope === null) continue;
    const at = scope.is === 'tenant' ? null : scope.catalogId;
    const known = scopes.get(at) ?? new Set<ResourceAction>();
    scopes.set(at, known.union(new Set(actions.get(grant.privilege.id))));
  }
  const names = await loadCatalogNames(
    tx.db(),
    [...scopes.keys()].filter((id) => id !== null),
  );
  return {
    tenantWide: relationsOf(scopes.get(null) ?? []),
    catalogs: names.map((catalog) => ({ ...catalog, relations: relationsOf(scopes.get(catalog.id) ?? []) })),
  };
}
