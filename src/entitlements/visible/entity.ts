import { sql } from 'kysely';
import { readerMay } from '../../access/index.ts';
import { approvalsOf } from '../../approval/index.ts';
import { guestDomain, isGuest, reportsTo } from '../../directory/index.ts';
import { groupsOf, ledger, liveAt } from '../../grants/index.ts';
import type { ReadContext, Row, Sql } from '../../graph/declaration.ts';

/** Who looks, and when. */
export type Viewed = Pick<ReadContext, 'now' | 'reader'>;

/** SQL: the id of the person who reads; null, which equals nobody, for apps. */
export function me({ reader }: Viewed): Sql {
  return reader.caller.kind === 'user' ? sql`${reader.caller.id}::uuid` : sql`null::uuid`;
}

/**
 * SQL: a table expression of the catalogs in which the reader, a person or an app, has a role of entitlement
 * management now, by themselves or through groups. Any of them lets see all that is in the catalog.
 */
export function managedCatalogs({ reader, now }: Viewed): Sql {
  if (reader.caller.kind === 'system') return sql`(select null::uuid where false)`;
  const principal = sql`${reader.caller.id}::uuid`;
  return sql`(select nullif(split_part(delegated.scope, '/', 3), '')::uuid from ${ledger} as delegated
    where delegated.privilege_kind = 'entitlement-role' and delegated.mode = 'active' and delegated.scope <> '/'
      and ${liveAt('delegated', now)} and (delegated.principal_id = ${principal}
        or delegated.principal_id in (select own.group_id from ${groupsOf(principal, now)} as own)))`;
}

/** SQL: whether the reader has a role by which they connect organizations. */
export function connectsOrganizations({ reader, now }: Viewed): Sql {
  if (reader.caller.kind === 'system') return sql`false`;
  const principal = sql`${reader.caller.id}::uuid`;
  return sql`exists (select 1 from ${ledger} as delegated
    join entitlement_role_definition as role on role.id = delegated.privilege_id and role.valid_to is null
    where delegated.privilege_kind = 'entitlement-role' and delegated.mode = 'active' and delegated.scope = '/'
      and role.actions ? 'microsoft.entitlementManagement/ConnectedOrganization/allTasks'
      and ${liveAt('delegated', now)} and (delegated.principal_id = ${principal}
        or delegated.principal_id in (select own.group_id from ${groupsOf(principal, now)} as own)))`;
}

/** SQL: the packages of those catalogs. */
export function managedPackages(context: Viewed): Sql {
  return sql`(select inside.id from access_package as inside where inside.catalog_id in ${managedCatalogs(context)})`;
}

/** Whether the reader may see everything of the first door. */
function mayReadAll({ reader }: Viewed): boolean {
  return readerMay('entitlements.readAll', reader);
}

/**
 * Whether the reader may list: every person, who gets what they have access to (so Graph's documentation has it of
 * packages, policies, requests and assignments), and apps that may see everything.
 */
export function mayBrowse(context: Viewed): boolean {
  return context.reader.caller.kind === 'user' || mayReadAll(context);
}

/**
 * SQL: whether the reader may see a row, because they may see everything of the first door, or else by a condition. No
 * "or" is written, for PostgreSQL joins by a condition that stands alone, and checks one beside another row by row.
 */
export function readsAllOr(condition: Sql, context: Viewed): Sql {
  return mayReadAll(context) ? sql`true` : condition;
}

/** SQL: whether the reader may see everything of the first door. */
export function readsAll(context: Viewed): Sql {
  return sql.lit(mayReadAll(context));
}

const nobodysRequests = sql`(select own.id, own.package_id, own.policy_id, own.assignment_id, own.asked_assignment_id
  from assignment_request as own where false)`;

/** SQL: the requests that the reader has to do with: as requestor, as target, or as one who decides. */
export function ownRequests(context: Viewed): Sql {
  if (context.reader.caller.kind !== 'user') return nobodysRequests;
  // A union and no "or", so that each part is found by an index of its own.
  return sql`(select own.id, own.package_id, own.policy_id, own.assignment_id, own.asked_assignment_id
    from assignment_request as own where own.deleted_at is null and own.id in (
      select asked.id from assignment_request as asked where asked.requestor_id = ${me(context)}
      union select asked.id from assignment_request as asked where asked.target_id = ${me(context)}
      union select theirs.id from ${approvalsOf(me(context), context)} as theirs))`;
}

/** SQL: a table expression of the connected organization that a person comes from. */
function homeOf(person: Sql): Sql {
  return sql`(select known.id, known.state from connected_organization as known
    where known.valid_to is null and exists (select 1 from jsonb_array_elements(known.identity_sources) as source
      where lower(source ->> 'domainName') = ${guestDomain(person)}))`;
}

/** SQL: whether a policy lets the reader ask. The counterpart of `admits`: what is shown can be asked for. */
export function letsIn(policy: Row, context: Viewed): Sql {
  return sql`((${policy('document')} -> 'requestorSettings' ->> 'enableTargetsToSelfAddAccess')::boolean
    and ${me(context)} is not null and ${isFor(policy, me(context), context)})`;
}

/** SQL: whether a policy is for a person. The counterpart of `admits`. */
export function isFor(policy: Row, person: Sql, { now }: Pick<Viewed, 'now'>): Sql {
  const document = policy('document');
  return sql`(case ${document} ->> 'allowedTargetScope'
      when 'allMemberUsers' then not ${isGuest(person)}
      when 'allDirectoryUsers' then true
      when 'specificDirectoryUsers' then exists (
        select 1 from jsonb_array_elements(${document} -> 'specificAllowedTargets') as target
        where (target ->> 'userId')::uuid = ${person}
          or (target ->> 'groupId')::uuid in (select own.group_id from ${groupsOf(person, now)} as own))
      when 'specificConnectedOrganizationUsers' then exists (
        select 1 from jsonb_array_elements(${document} -> 'specificAllowedTargets') as target
        join ${homeOf(person)} as home on home.id = (target ->> 'connectedOrganizationId')::uuid)
      when 'allConfiguredConnectedOrganizationUsers' then exists (
        select 1 from ${homeOf(person)} as home where home.state = 'configured')
      when 'allExternalUsers' then ${isGuest(person)}
      else false end)`;
}

/** SQL: the packages that the reader may ask for. */
export function requestablePackages(context: Viewed): Sql {
  return sql`(select policy.package_id as id from ${requestablePolicies(context)} as policy)`;
}

/** SQL: the policies by which the reader may ask. */
export function requestablePolicies(context: Viewed): Sql {
  return sql`(select policy.* from ${openPolicies} as policy where ${letsIn(ofPolicy, context)})`;
}

/** SQL: policies that are in force, of catalogs that are open for those whom the policies are for. */
export const openPolicies: Sql = sql`(select known.* from assignment_policy as known
    join access_package as package on package.id = known.package_id and package.deleted_at is null
    join catalog on catalog.id = package.catalog_id
    where known.valid_to is null and catalog.state = 'published'
      and (catalog.is_externally_visible or known.document ->> 'allowedTargetScope' not in ('allExternalUsers',
        'specificConnectedOrganizationUsers', 'allConfiguredConnectedOrganizationUsers')))`;

const ofPolicy: Row = (column) => sql`${sql.ref(`policy.${column}`)}`;

/** SQL: whether one of `onBehalfRequestors` names the reader, by themselves or by a group of theirs. */
function namesMe(asking: Sql, context: Viewed): Sql {
  return sql`((${asking} ->> 'userId')::uuid = ${me(context)} or (${asking} ->> 'groupId')::uuid
    in (select own.group_id from ${groupsOf(me(context), context.now)} as own))`;
}

/** SQL: the policies by which others may ask, a row for each of those whom they name (`asking`). */
const onBehalfPolicies = sql`(select policy.*, asking.value as asking from ${openPolicies} as policy
  cross join lateral jsonb_array_elements(policy.document #> '{requestorSettings,onBehalfRequestors}') as asking
  where (policy.document #>> '{requestorSettings,enableOnBehalfRequestorsToAddAccess}')::boolean)`;

/**
 * SQL: the packages that the reader may ask for on behalf of others: as one whom a policy names, or as the manager, of
 * the level that it names, of somebody whom it is for.
 */
export function packagesForOthers(context: Viewed): Sql {
  return sql`(select policy.package_id as id from ${onBehalfPolicies} as policy
    where ${namesMe(sql`policy.asking`, context)} or exists (select 1 from ${reportsTo(me(context))} as below
      where below.level = coalesce((policy.asking ->> 'managerLevel')::int, 1)
        and policy.asking ->> '@odata.type' = '#microsoft.graph.targetManager'
        and ${isFor(ofPolicy, sql`below.id`, context)}))`;
}

/** SQL: whether the reader may ask for a package on behalf of a person. The counterpart of `actsFor`. */
export function mayAskFor(packageId: Sql, person: Sql, context: Viewed): Sql {
  return sql`(${person} <> ${me(context)} and exists (select 1 from ${onBehalfPolicies} as policy
    where policy.package_id = ${packageId} and ${isFor(ofPolicy, person, context)}
      and (${namesMe(sql`policy.asking`, context)} or exists (select 1 from ${reportsTo(me(context))} as below
        where below.id = ${person} and below.level = coalesce((policy.asking ->> 'managerLevel')::int, 1)
          and policy.asking ->> '@odata.type' = '#microsoft.graph.targetManager'))))`;
}

/** SQL: whether the reader may know of a package: to ask for it, for whomever, because they asked, or because they decide. */
export function packageVisible(packageId: Sql, context: Viewed): Sql {
  return sql`(${readsAll(context)} or ${packageId} in (select id from ${requestablePackages(context)} as open)
    or ${packageId} in (select package_id from ${ownRequests(context)} as mine)
    or ${packageId} in (select id from ${packagesForOthers(context)} as others)
    or ${packageId} in ${managedPackages(context)})`;
}

/** SQL: whether the reader may know of a resource: a package that they know of gives it, or they manage its catalog. */
export function resourceVisible(resourceId: Sql, catalogId: Sql, context: Viewed): Sql {
  return sql`(${readsAll(context)} or ${catalogId} in ${managedCatalogs(context)}
    or exists (select 1 from package_role_scope as gives
    join catalog_resource_role as role on role.id = gives.role_id
    where role.resource_id = ${resourceId} and gives.removed_at is null
      and ${packageVisible(sql`gives.package_id`, context)}))`;
}
