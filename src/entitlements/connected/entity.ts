import { sql } from 'kysely';
import { guestDomain } from '../../directory/index.ts';
import type { EntitySet, Row, Sql } from '../../graph/declaration.ts';
import { collectionOf, complex, enumeration, guid, instant, many, text } from '../../graph/properties.ts';
import { connectsOrganizations, managedCatalogs, mayBrowse, readsAll } from '../visible/entity.ts';

/** SQL: whether a user, a guest, comes from the organization of a row. Counterpart of `organizationOf`. */
export function comesFrom(userId: Sql, organization: Row): Sql {
  return sql`exists (select 1 from jsonb_array_elements(${organization('identity_sources')}) as source
    where lower(source ->> 'domainName') = ${guestDomain(userId)})`;
}

function sponsors(side: 'internal' | 'external') {
  return many(
    'directoryObjects',
    (parent, child) => sql`exists (select 1 from connected_organization_sponsor as speaks
      where speaks.organization_id = ${parent('id')} and speaks.side = ${sql.lit(side)}
        and speaks.sponsor_id = ${child('id')} and speaks.valid_to is null)`,
  );
}

const organizations: EntitySet = {
  name: 'connectedOrganizations',
  type: 'microsoft.graph.connectedOrganization',
  from: () => sql`(select * from connected_organization where valid_to is null)`,
  properties: {
    id: guid('id'),
    displayName: text('display_name'),
    description: text('description'),
    createdDateTime: instant('created_at'),
    modifiedDateTime: instant('valid_from'),
    identitySources: collectionOf(
      complex('', { displayName: text('displayName'), domainName: text('domainName'), tenantId: text('tenantId') }),
      'identity_sources',
    ),
    state: enumeration(['configured', 'proposed', 'unknownFutureValue'], 'state'),
  },
  navigation: { internalSponsors: sponsors('internal'), externalSponsors: sponsors('external') },
  // Whoever connects organizations, or makes packages that may be for their people. To others it is nobody's business
  // whom the tenant works with.
  visible: (_row, context) => sql`(${readsAll(context)} or ${connectsOrganizations(context)}
    or exists (select 1 from ${managedCatalogs(context)} as theirs))`,
  listable: mayBrowse,
  searchable: ['displayName', 'description'],
  order: 'displayName',
  notFound: 'ResourceNotFound',
};

/** Organizations whose people may ask for packages. */
export const connectedSets: readonly EntitySet[] = [organizations];
