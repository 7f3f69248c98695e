import { sql } from 'kysely';
import { accountUsableAt } from '../../grants/index.ts';
import type { EntitySet } from '../../graph/declaration.ts';
import { absent, bool, collectionOf, complex, guid, instant, text } from '../../graph/properties.ts';
import { readableBy } from '../object/entity.ts';
import { memberOf, ownedObjects, transitiveMemberOf } from '../user/entity.ts';

/** `/organization`: the tenant. */
export const organization: EntitySet = {
  name: 'organization',
  type: 'microsoft.graph.organization',
  from: () => sql`organization`,
  properties: {
    id: guid('id'),
    deletedDateTime: absent('dateTimeOffset'),
    businessPhones: collectionOf(text(''), () => sql`'[]'::jsonb`),
    createdDateTime: instant('created_at'),
    displayName: text('display_name'),
    onPremisesSyncEnabled: absent('boolean'),
    tenantType: text(() => sql`'AAD'::text`),
    verifiedDomains: collectionOf(
      complex('', { name: text('name'), isDefault: bool('isDefault'), isInitial: bool('isInitial') }),
      (row) => sql`(select jsonb_agg(jsonb_build_object('capabilities', 'Email', 'isDefault', place = 1,
          'isInitial', place = 1, 'name', domain, 'type', 'Managed') order by place)
        from unnest(${row('verified_domains')}) with ordinality as known(domain, place))`,
    ),
  },
  ...readableBy('organization.read'),
};

/** `/servicePrincipals`: applications as principals. */
export const servicePrincipals: EntitySet = {
  name: 'servicePrincipals',
  type: 'microsoft.graph.servicePrincipal',
  from: () => sql`(select * from service_principal where deleted_at is null)`,
  alternateKeys: ['appId'],
  properties: {
    id: guid('id'),
    deletedDateTime: instant('deleted_at'),
    accountEnabled: bool((row, { now }) => accountUsableAt(row('id'), now)),
    appDisplayName: text('display_name'),
    appId: text((row) => sql`${row('app_id')}::text`),
    displayName: text('display_name'),
    servicePrincipalNames: collectionOf(text(''), (row) => sql`jsonb_build_array(${row('app_id')}::text)`),
    servicePrincipalType: text(() => sql`'Application'::text`),
    tags: collectionOf(text(''), () => sql`'[]'::jsonb`),
  },
  navigation: { memberOf, transitiveMemberOf, ownedObjects },
  ...readableBy('servicePrincipal.read'),
  searchable: ['displayName'],
  // Source: https://learn.microsoft.com/graph/aad-advanced-queries, the tables of service principal properties.
  advanced: { sortable: [], filtered: [], missing: ['displayName'] },
  order: 'displayName',
};
