import { sql } from 'kysely';
import { peersOf, people, roleNames } from '../../directory/index.ts';
import { ledger, liveAt } from '../../grants/index.ts';
import type { EntitySet, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import {
  bool,
  collectionOf,
  complex,
  composed,
  enumeration,
  guid,
  instant,
  int,
  many,
  text,
} from '../../graph/properties.ts';
import { expirationFields } from '../policy/entity.ts';
import { mayAskFor, mayBrowse, me, packagesForOthers, requestablePolicies } from '../visible/entity.ts';
import { suggestionReasons } from './contract.ts';

/**
 * From so many people on is it told that people who are like the caller have a package, and never how many exactly.
 * Of so many at least two more must be there who may or may not have it: nobody learns of anybody in particular.
 */
const steps = [3, 5, 10, 25, 50, 100, 250];
const leftOpen = 2;

/** For how long what was asked for, or had, tells something. */
const lately = '180 days';

/** SQL: the policies by which the reader may ask, for each package. */
function openTo(context: ReadContext): Sql {
  return sql`(select policy.package_id, jsonb_agg(jsonb_build_object(
      'id', policy.id, 'displayName', policy.document ->> 'displayName',
      'stages', case when (policy.document #>> '{requestApprovalSettings,isApprovalRequiredForAdd}')::boolean
        then jsonb_array_length(policy.document #> '{requestApprovalSettings,stages}') else 0 end,
      'expiration', policy.document -> 'expiration') order by policy.created_at, policy.id) as policies
    from ${requestablePolicies(context)} as policy group by policy.package_id)`;
}

/** SQL: what the reader has of each package. */
function heldBy(context: ReadContext): Sql {
  return sql`(select distinct on (own.package_id) own.package_id, own.id, least(own.ends_at, own.ended_at) as until
    from package_assignment as own where own.target_id = ${me(context)} and own.starts_at <= ${context.now}::timestamptz
      and coalesce(least(own.ends_at, own.ended_at) > ${context.now}::timestamptz, true)
    order by own.package_id, least(own.ends_at, own.ended_at) desc nulls first, own.id)`;
}

/** SQL: the packages that the reader had lately. */
function hadBy(context: ReadContext): Sql {
  return sql`(select distinct own.package_id from package_assignment as own where own.target_id = ${me(context)}
    and least(own.ends_at, own.ended_at) <= ${context.now}::timestamptz
    and least(own.ends_at, own.ended_at) > ${context.now}::timestamptz - ${lately}::interval)`;
}

/** SQL: the last request for the reader that waits, of each package. */
function awaitedBy(context: ReadContext): Sql {
  return sql`(select distinct on (own.package_id) own.package_id, own.id from assignment_request as own
    where own.target_id = ${me(context)} and own.deleted_at is null
      and (own.pending_until > ${context.now}::timestamptz or own.state = 'scheduled')
    order by own.package_id, own.created_at desc, own.id)`;
}

/**
 * SQL: the packages that enough people who are like the reader have, or have asked for lately, with how many at least
 * by either relation.
 */
function usualFor(context: ReadContext): Sql {
  const now = sql`${context.now}::timestamptz`;
  return sql`(with near as (select * from ${peersOf(me(context))} as peer),
    pool as (select relation, count(*)::int as size from near group by relation),
    taken as (
      select held.target_id as person_id, held.package_id from package_assignment as held
      where held.target_id in (select id from near) and held.starts_at <= ${now}
        and coalesce(least(held.ends_at, held.ended_at) > ${now}, true)
      union
      select asked.target_id, asked.package_id from assignment_request as asked
      where asked.target_id in (select id from near) and asked.deleted_at is null
        and asked.request_type in ('userAdd', 'onBehalfAdd') and asked.created_at > ${now} - ${lately}::interval),
    counted as (select near.relation, taken.package_id, count(*)::int as people, pool.size from near
      join taken on taken.person_id = near.id join pool on pool.relation = near.relation
      group by near.relation, taken.package_id, pool.size)
    select counted.package_id, jsonb_agg(jsonb_build_object('relation', counted.relation, 'atLeast', told.least)
      order by counted.relation) as because
    from counted cross join lateral (select max(step.least) as least
      from unnest(${sql.lit(`{${steps.join()}}`)}::int[]) as step(least)
      where step.least <= counted.people and step.least <= counted.size - ${sql.lit(leftOpen)}) as told
    where told.least is not null group by counted.package_id)`;
}

/** SQL: what a package leads to: directory roles, by itself or through its groups, and groups that hold none. */
function opened({ now }: ReadContext, packageId: Sql): Sql {
  const gives = sql`package_role_scope as gives
      join catalog_resource_role as part on part.id = gives.role_id
      join catalog_resource as resource on resource.id = part.resource_id`;
  const holds = sql`resource.origin_system = 'AadGroup' and part.kind in ('member', 'eligibleMember')
      and held.principal_id = resource.origin_id and held.privilege_kind = 'role' and ${liveAt('held', now)}`;
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('kind', thing.kind, 'id', thing.id,
      'displayName', thing.name, 'isPrivileged', thing.privileged) order by thing.kind desc, thing.name, thing.id), '[]')
    from (
      select 'role' as kind, role.id, role.display_name as name, role.is_privileged as privileged
      from ${gives} join ${roleNames} as role on (resource.origin_system = 'DirectoryRole' and role.id = resource.origin_id)
        or role.id in (select held.privilege_id from ${ledger} as held where ${holds})
      where gives.package_id = ${packageId} and gives.removed_at is null
      union
      select 'group', resource.origin_id, resource.display_name, false
      from ${gives} where gives.package_id = ${packageId} and gives.removed_at is null
        and resource.origin_system = 'AadGroup' and not exists (select 1 from ${ledger} as held where ${holds})
    ) as thing)`;
}

function isSuggested(row: Row): Sql {
  return sql`(${row('policies')} is not null and ${row('assignment_id')} is null and ${row('pending_id')} is null
    and (${row('because')} is not null or ${row('had_before')}))`;
}

const pair = { id: text('id'), displayName: text('displayName') };

/** Packages as those see them who may ask for them, for whomever, wait for them or have them: `/sallyport/accessPackages`. */
export const offers: EntitySet = {
  name: 'offers',
  says: 'access packages that the caller may ask for, waits for or has',
  type: 'sallyport.offer',
  from: (context) => sql`(select package.id, package.display_name, package.description,
      package.catalog_id, catalog.display_name as catalog_name, open.policies, mine.id as assignment_id, mine.until,
      awaited.id as pending_id, usual.because, had.package_id is not null as had_before,
      others.id is not null as is_for_others
    from access_package as package join catalog on catalog.id = package.catalog_id
    left join ${openTo(context)} as open on open.package_id = package.id
    left join ${heldBy(context)} as mine on mine.package_id = package.id
    left join ${awaitedBy(context)} as awaited on awaited.package_id = package.id
    left join ${hadBy(context)} as had on had.package_id = package.id
    left join ${usualFor(context)} as usual on usual.package_id = package.id
    left join (select distinct id from ${packagesForOthers(context)} as other) as others on others.id = package.id
    where package.deleted_at is null and (((open.package_id is not null or others.id is not null) and not package.is_hidden)
      or mine.package_id is not null or awaited.package_id is not null))`,
  properties: {
    id: guid('id'),
    displayName: text('display_name'),
    description: text('description'),
    catalog: composed({ id: guid('catalog_id'), displayName: text('catalog_name') }),
    isRequestable: bool((row) => sql`${row('policies')} is not null`),
    isForOthers: bool('is_for_others'),
    opens: collectionOf(
      complex('', { kind: enumeration(['role', 'group'], 'kind'), ...pair, isPrivileged: bool('isPrivileged') }),
      (row, context) => opened(context, row('id')),
    ),
    policies: collectionOf(
      complex('', { ...pair, stages: int('stages'), expiration: complex('expiration', expirationFields) }),
      (row) => sql`coalesce(${row('policies')}, '[]'::jsonb)`,
    ),
    isSuggested: bool(isSuggested),
    suggestedBecause: collectionOf(
      complex('', { relation: enumeration(suggestionReasons, 'relation'), atLeast: int('atLeast') }),
      (row) => sql`case when ${isSuggested(row)} then coalesce(${row('because')}, '[]'::jsonb)
        || case when ${row('had_before')} then '[{"relation": "heldBefore", "atLeast": null}]'::jsonb
          else '[]'::jsonb end else '[]'::jsonb end`,
    ),
    held: composed(
      { assignmentId: guid('assignment_id'), endDateTime: instant('until') },
      { present: (row) => sql`${row('assignment_id')} is not null` },
    ),
    pendingRequestId: guid('pending_id'),
  },
  navigation: {
    /** For whom else the caller may ask: `/sallyport/accessPackages/{id}/targets`. */
    targets: many('offerTargets', (parent, child, context) => mayAskFor(parent('id'), child('id'), context)),
  },
  listable: ({ reader }) => reader.caller.kind === 'user',
  visible: () => sql`true`,
  searchable: ['displayName', 'description'],
  order: 'displayName',
  notFound: 'ResourceNotFound',
};

/** People whom somebody else may ask for. */
export const offerTargets: EntitySet = {
  name: 'offerTargets',
  says: 'people for whom the caller may ask for a package',
  type: 'sallyport.offerTarget',
  from: () => people,
  properties: {
    id: guid('id'),
    displayName: text('display_name'),
    jobTitle: text('job_title'),
    userPrincipalName: text('user_principal_name'),
  },
  // Who somebody is, everyone in the directory may know.
  visible: (_row, context) => sql.lit(mayBrowse(context)),
  searchable: ['displayName', 'userPrincipalName'],
  order: 'displayName',
  notFound: 'ResourceNotFound',
};
