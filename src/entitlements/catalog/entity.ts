import { sql } from 'kysely';
import type { EntitySet, Property, Row, Sql } from '../../graph/declaration.ts';
import {
  absent,
  bool,
  collectionOf,
  complex,
  enumeration,
  guid,
  instant,
  many,
  one,
  text,
} from '../../graph/properties.ts';
import { managedCatalogs, mayBrowse, packageVisible, readsAll, resourceVisible } from '../visible/entity.ts';
import { roleNames } from './model.ts';

/** Members of `accessPackageRequestState`, in Graph's order. */
export const requestStates = [
  'submitted',
  'pendingApproval',
  'delivering',
  'delivered',
  'deliveryFailed',
  'denied',
  'scheduled',
  'canceled',
  'partiallyDelivered',
] as const;

/** Members of `accessPackageRequestType`, in Graph's order. */
const allRequestTypes = [
  'notSpecified',
  'userAdd',
  'userUpdate',
  'userRemove',
  'adminAdd',
  'adminUpdate',
  'adminRemove',
  'systemAdd',
  'systemUpdate',
  'systemRemove',
  'onBehalfAdd',
  'approverRemove',
] as const;

/** What kind of request an entity is, as Graph has it. */
export const requestType: Property = enumeration(allRequestTypes, 'request_type', { later: ['approverRemove'] });

const notFound = 'ResourceNotFound';
const is = (left: string, right: string) => (parent: Row, child: Row) => sql`${child(right)} = ${parent(left)}`;

const catalogs: EntitySet = {
  name: 'catalogs',
  type: 'microsoft.graph.accessPackageCatalog',
  from: () => sql`(select * from catalog where deleted_at is null)`,
  properties: {
    id: guid('id'),
    displayName: text('display_name'),
    description: text('description'),
    catalogType: enumeration(['userManaged', 'serviceDefault', 'serviceManaged'], 'catalog_type'),
    state: enumeration(['unpublished', 'published'], 'state'),
    isExternallyVisible: bool('is_externally_visible'),
    createdDateTime: instant('created_at'),
    modifiedDateTime: instant('modified_at'),
  },
  navigation: {
    accessPackages: many('accessPackages', is('id', 'catalog_id')),
    resources: many('entitlementResources', is('id', 'catalog_id')),
    resourceRoles: many('resourceRoles', is('id', 'catalog_id')),
    resourceScopes: many('resourceScopes', is('id', 'catalog_id')),
  },
  listable: mayBrowse,
  visible: (row, context) => sql`(${readsAll(context)} or ${row('id')} in ${managedCatalogs(context)}
    or exists (select 1 from access_package as inside where inside.catalog_id = ${row('id')} and ${packageVisible(sql`inside.id`, context)}))`,
  searchable: ['displayName', 'description'],
  order: 'displayName',
  notFound,
};

const resources: EntitySet = {
  name: 'entitlementResources',
  type: 'microsoft.graph.accessPackageResource',
  // Resources that were taken out stay for the requests that did so.
  from: () => sql`catalog_resource`,
  properties: {
    id: guid('id'),
    displayName: text('display_name'),
    description: text('description'),
    originId: text(originText),
    originSystem: text('origin_system'),
    createdDateTime: instant('created_at'),
    modifiedDateTime: instant('created_at'),
    attributes: collectionOf(complex('', {}), () => sql`'[]'::jsonb`),
  },
  navigation: {
    roles: many('resourceRoles', is('id', 'resource_id')),
    scopes: many('resourceScopes', is('id', 'resource_id')),
    environment: one('resourceEnvironments', (_parent, child) => sql`${child('id')} is null`),
  },
  listable: mayBrowse,
  visible: (row, context) =>
    sql`(${row('removed_at')} is null and ${resourceVisible(row('id'), row('catalog_id'), context)})`,
  searchable: ['displayName'],
  order: 'displayName',
  notFound,
};

/** Ids of groups and roles are strings in this part of Graph. */
function originText(row: Row): Sql {
  return sql`${row('origin_id')}::text`;
}

/** Environments are a matter of SharePoint sites, so that there are never any. */
const environments: EntitySet = {
  name: 'resourceEnvironments',
  type: 'microsoft.graph.accessPackageResourceEnvironment',
  from: () => sql`(select null::uuid as id, null::text as named, null::timestamptz as made where false)`,
  properties: {
    id: guid('id'),
    displayName: text('named'),
    description: text('named'),
    originSystem: text('named'),
    originId: text('named'),
    isDefaultEnvironment: bool(() => sql`false`),
    createdDateTime: instant('made'),
    modifiedDateTime: instant('made'),
  },
  listable: mayBrowse,
  visible: (_row, context) => readsAll(context),
  notFound,
};

const names = sql.join(
  Object.entries(roleNames).map(([kind, name]) => sql`when ${sql.lit(kind)} then ${sql.lit(name)}`),
  sql` `,
);

const roles: EntitySet = {
  name: 'resourceRoles',
  type: 'microsoft.graph.accessPackageResourceRole',
  from: () => sql`(select role.*, resource.catalog_id, resource.origin_system, resource.origin_id, resource.removed_at
    from catalog_resource_role as role join catalog_resource as resource on resource.id = role.resource_id
    where role.kind not in ('eligibleMember', 'eligibleOwner') or resource.is_onboarded)`,
  properties: {
    id: guid('id'),
    displayName: text((row) => sql`case ${row('kind')} ${names} end`),
    description: absent('string'),
    originSystem: text('origin_system'),
    originId: text(
      (row) => sql`case ${row('kind')} when 'member' then 'Member_' || ${row('origin_id')}
        when 'owner' then 'Owner_' || ${row('origin_id')}
        when 'eligibleMember' then 'EligibleMember_' || ${row('origin_id')}
        when 'eligibleOwner' then 'EligibleOwner_' || ${row('origin_id')}
        when 'eligible' then 'Eligible' else 'Active' end`,
    ),
  },
  navigation: { resource: one('entitlementResources', is('resource_id', 'id')) },
  visible: (row, context) =>
    sql`(${row('removed_at')} is null and ${resourceVisible(row('resource_id'), row('catalog_id'), context)})`,
  order: 'displayName',
  notFound,
};

const scopes: EntitySet = {
  name: 'resourceScopes',
  type: 'microsoft.graph.accessPackageResourceScope',
  from: () => sql`(select scope_id as id, id as resource_id, catalog_id, origin_system, origin_id, removed_at
    from catalog_resource)`,
  properties: {
    id: guid('id'),
    displayName: text(() => sql`'Root'::text`),
    description: text(() => sql`'Root Scope'::text`),
    originId: text(originText),
    originSystem: text('origin_system'),
    isRootScope: bool(() => sql`true`),
  },
  navigation: { resource: one('entitlementResources', is('resource_id', 'id')) },
  visible: (row, context) =>
    sql`(${row('removed_at')} is null and ${resourceVisible(row('resource_id'), row('catalog_id'), context)})`,
  notFound,
};

const requests: EntitySet = {
  name: 'resourceRequests',
  type: 'microsoft.graph.accessPackageResourceRequest',
  from: () => sql`resource_request`,
  properties: {
    id: guid('id'),
    requestType,
    state: enumeration(requestStates, () => sql`'delivered'::text`),
    createdDateTime: instant('created_at'),
  },
  navigation: {
    catalog: one('catalogs', is('catalog_id', 'id')),
    resource: one('entitlementResources', is('resource_id', 'id')),
  },
  listable: mayBrowse,
  visible: (row, context) => sql`(${readsAll(context)} or ${row('catalog_id')} in ${managedCatalogs(context)})`,
  order: 'createdDateTime desc',
  notFound,
};

const settings: EntitySet = {
  name: 'entitlementManagementSettings',
  type: 'microsoft.graph.entitlementManagementSettings',
  from: () => sql`(select coalesce(kept.external_user_lifecycle_action, 'blockSignInAndDelete') as action,
    coalesce(kept.duration_until_deleted, 'P30D') as length, 'singleton' as id
    from (select 1) as always left join entitlement_settings as kept on true)`,
  properties: {
    id: text('id'),
    externalUserLifecycleAction: enumeration(['none', 'blockSignIn', 'blockSignInAndDelete'], 'action'),
    durationUntilExternalUserDeletedAfterBlocked: text('length'),
  },
  visible: (_row, context) => readsAll(context),
  notFound,
};

/** Catalogs with their resources, and the tenant's settings. */
export const catalogSets: readonly EntitySet[] = [catalogs, resources, environments, roles, scopes, requests, settings];
