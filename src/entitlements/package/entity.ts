import { sql } from 'kysely';
import type { EntitySet, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { bool, guid, instant, many, one, text } from '../../graph/properties.ts';
import { dutyNavigation } from '../duties/entity.ts';
import { mayBrowse, packageVisible, requestablePackages } from '../visible/entity.ts';

const notFound = 'ResourceNotFound';
const is = (left: string, right: string) => (parent: Row, child: Row) => sql`${child(right)} = ${parent(left)}`;

const packages: EntitySet = {
  name: 'accessPackages',
  type: 'microsoft.graph.accessPackage',
  from: () => sql`access_package`,
  properties: {
    id: guid('id'),
    displayName: text('display_name'),
    description: text('description'),
    isHidden: bool('is_hidden'),
    createdDateTime: instant('created_at'),
    modifiedDateTime: instant('modified_at'),
  },
  navigation: {
    catalog: one('catalogs', is('catalog_id', 'id')),
    assignmentPolicies: many('assignmentPolicies', is('id', 'package_id')),
    resourceRoleScopes: many('resourceRoleScopes', is('id', 'package_id')),
    ...dutyNavigation,
  },
  // As *List assignmentPolicies* of v1.0 writes it.
  oldNames: { accessPackageAssignmentPolicies: 'assignmentPolicies' },
  listable: mayBrowse,
  visible: (row, context) => sql`(${row('deleted_at')} is null and ${packageVisible(row('id'), context)})`,
  searchable: ['displayName', 'description'],
  order: 'displayName',
  notFound,
};

const roleScopes: EntitySet = {
  name: 'resourceRoleScopes',
  type: 'microsoft.graph.accessPackageResourceRoleScope',
  from: () => sql`(select gives.id as gives_id, gives.package_id, gives.role_id, gives.created_at, resource.scope_id
    from package_role_scope as gives
    join catalog_resource_role as role on role.id = gives.role_id
    join catalog_resource as resource on resource.id = role.resource_id
    where gives.removed_at is null)`,
  properties: {
    id: text((row) => sql`${row('gives_id')}::text || '_' || ${row('scope_id')}::text`, { exact: true }),
    createdDateTime: instant('created_at'),
  },
  navigation: {
    role: one('resourceRoles', is('role_id', 'id')),
    scope: one('resourceScopes', is('scope_id', 'id')),
  },
  visible: (row, context) => packageVisible(row('package_id'), context),
  order: 'createdDateTime',
  notFound,
};

/** Packages and what they give. */
export const packageSets: readonly EntitySet[] = [packages, roleScopes];

/** What `filterByCurrentUser(on='allowedRequestor')` leaves: packages that are shown to the reader to ask for. */
export function allowedRequestor(row: Row, context: ReadContext): Sql {
  return sql`(not ${row('is_hidden')} and ${row('id')} in (select id from ${requestablePackages(context)} as open))`;
}
