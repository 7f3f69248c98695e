import { sql } from 'kysely';
import { readerMay } from '../../access/index.ts';
import { ledger, liveAt } from '../../grants/index.ts';
import type { EntitySet, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { absent, bool, collectionOf, complex, guid, many, one, text } from '../../graph/properties.ts';
import { managedCatalogs, mayBrowse, readsAll } from '../visible/entity.ts';

const notFound = 'ResourceNotFound';

function mayReadRoles({ reader }: ReadContext): boolean {
  return readerMay('entitlementRole.read', reader);
}

const definitions: EntitySet = {
  name: 'entitlementRoleDefinitions',
  type: 'microsoft.graph.unifiedRoleDefinition',
  from: () => sql`(select * from entitlement_role_definition where valid_to is null)`,
  properties: {
    id: guid('id'),
    description: text('description'),
    displayName: text('display_name'),
    isBuiltIn: bool('is_built_in'),
    isEnabled: bool('is_enabled'),
    resourceScopes: collectionOf(text(''), () => sql`'["/"]'::jsonb`),
    rolePermissions: collectionOf(
      complex('', { condition: text('condition') }),
      (row) => sql`jsonb_build_array(jsonb_build_object(
        'allowedResourceActions', ${row('actions')}, 'condition', null))`,
    ),
    templateId: text('template_id'),
    version: text('version'),
  },
  navigation: {
    // No role of entitlement management inherits from another.
    inheritsPermissionsFrom: many('entitlementRoleDefinitions', () => sql`false`),
  },
  // What roles there are, everyone in the directory may know.
  listable: (context) => mayBrowse(context) || mayReadRoles(context),
  visible: (_row, context) => sql.lit(mayBrowse(context) || mayReadRoles(context)),
  order: 'displayName',
  notFound,
};

/** SQL: the id of the catalog that a scope names; null for `/`. */
function catalogOf(scope: Sql): Sql {
  return sql`nullif(split_part(${scope}, '/', 3), '')::uuid`;
}

const assignments: EntitySet = {
  name: 'entitlementRoleAssignments',
  type: 'microsoft.graph.unifiedRoleAssignment',
  from: ({ now }) => sql`(select held.*, ${catalogOf(sql`held.scope`)} as catalog_id from ${ledger} as held
    where held.privilege_kind = 'entitlement-role' and held.mode = 'active' and ${liveAt('held', now)})`,
  properties: {
    id: guid('id'),
    principalId: guid('principal_id'),
    principalOrganizationId: guid((_, context) => sql`${context.tenantId}::text`),
    roleDefinitionId: guid('privilege_id'),
    directoryScopeId: absent('string'),
    appScopeId: text('scope'),
    condition: absent('string'),
  },
  navigation: {
    principal: one('directoryObjects', (row, child) => sql`${child('id')} = ${row('principal_id')}`),
    roleDefinition: one('entitlementRoleDefinitions', (row, child) => sql`${child('id')} = ${row('privilege_id')}`),
    appScope: one('entitlementAppScopes', (row, child) => sql`${child('scope')} = ${row('scope')}`),
    directoryScope: one('directoryObjects', () => sql`false`),
  },
  // Who has a role in a catalog, those know who have one there, and everyone knows their own.
  visible: (row, context) => sql`(${readsAll(context)} or ${sql.lit(mayReadRoles(context))}
    or ${isMine(row, context)} or ${row('catalog_id')} in ${managedCatalogs(context)})`,
  listable: mayReadRoles,
  ownBy: ['principalId'],
  notFound,
};

function isMine(row: Row, { reader }: ReadContext): Sql {
  if (reader.caller.kind === 'system') return sql`false`;
  return sql`${row('principal_id')} = ${reader.caller.id}::uuid`;
}

const scopes: EntitySet = {
  name: 'entitlementAppScopes',
  type: 'microsoft.graph.appScope',
  from: () => sql`(select '/AccessPackageCatalog/' || id::text as scope, id as catalog_id, display_name
      from catalog where deleted_at is null
    union all select '/', null, 'Entitlement Management')`,
  properties: {
    id: text('scope', { exact: true }),
    displayName: text('display_name'),
    type: text(
      (row) => sql`case when ${row('catalog_id')} is null then 'EntitlementManagement'
      else 'AccessPackageCatalog' end`,
    ),
  },
  visible: (row, context) => sql`(${readsAll(context)} or ${row('catalog_id')} is null
    or ${row('catalog_id')} in ${managedCatalogs(context)})`,
  notFound,
};

/** Roles of entitlement management, and who has them. */
export const delegationSets: readonly EntitySet[] = [definitions, assignments, scopes];
