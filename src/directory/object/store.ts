import { type Kysely, type RawBuilder, sql } from 'kysely';
import { groupsOf, ledger, liveAt, membersOf } from '../../grants/index.ts';
import type { EventTarget } from '../../kernel/event.ts';
import { type Id, isId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DirectoryPrincipal } from './model.ts';

/** A user, group or application that is not deleted; null if there is none. */
export async function loadPrincipal(tx: Tx, id: Id): Promise<DirectoryPrincipal | null> {
  const { rows } = await sql<DirectoryPrincipal>`
    select 'user' as kind, id, display_name as "displayName" from directory_user
      where id = ${id}::uuid and deleted_at is null
    union all
    select 'group', id, display_name from directory_group where id = ${id}::uuid and deleted_at is null
    union all
    select 'app', id, display_name from service_principal where id = ${id}::uuid and deleted_at is null`.execute(
    tx.db<unknown>(),
  );
  return rows[0] ?? null;
}

/** The users in a group, nested groups included, whatever the state of their accounts. */
export async function loadUsersIn(tx: Tx, groupId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select member.principal_id as id from ${membersOf(sql`${groupId}::uuid`, tx.now)} as member
    where member.principal_kind = 'user' order by member.principal_id`.execute(tx.db<unknown>());
  return rows.map((row) => row.id);
}

/** A group and those that it is an active member of now, nested or not. */
export async function loadGroupsAround(tx: Tx, groupId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select own.group_id as id from ${groupsOf(sql`${groupId}::uuid`, tx.now)} as own`.execute(tx.db<unknown>());
  return [groupId, ...rows.map((row) => row.id)];
}

/** Whether a principal is an active member of a group now, nested groups included. */
export async function isIn(tx: Tx, principalId: Id, groupId: Id): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${groupsOf(sql`${principalId}::uuid`, tx.now)} as belongs where belongs.group_id = ${groupId}::uuid
    limit 1`.execute(tx.db<unknown>());
  return rows.length > 0;
}

/**
 * Whether sensitive properties of a user need more than a User Administrator: it holds a privileged role, active or
 * eligible, or is or may become member or owner of a role-assignable group; by itself or through a group.
 */
export async function isProtected(tx: Tx, userId: Id): Promise<boolean> {
  const user: RawBuilder<unknown> = sql`${userId}::uuid`;
  const { rows } = await sql`
    select 1 from ${ledger} as held
    where ${liveAt('held', tx.now)}
      and (held.principal_id = ${user} or held.principal_id in (select group_id from ${groupsOf(user, tx.now)} as own))
      and (
        held.privilege_kind = 'role'
          and held.privilege_id in (select id from role_definition where is_privileged)
        or held.privilege_kind <> 'role'
          and held.privilege_id in (select id from directory_group where is_assignable_to_role)
      )
    limit 1`.execute(tx.db<unknown>());
  return rows.length > 0;
}

/**
 * A group and all those that its members are in, or may come to, through it: groups that it is an (eligible) member
 * or owner of, now or later, and so on.
 */
export async function loadGroupsReached(tx: Tx, groupId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    with recursive reached(id) as (
      select ${groupId}::uuid
      union
      select held.privilege_id from reached join ${ledger} as held on held.principal_id = reached.id
      where held.privilege_kind in ('group-member', 'group-owner') and ${notEndedAt('held', tx)}
    ) select id from reached order by id`.execute(tx.db<unknown>());
  return rows.map((row) => row.id);
}

/**
 * Whether a group leads to a privilege: it holds or can hold a role (of entitlement management too), eligible ones
 * and ones to come counted, or it
 * reaches a group that does.
 */
export async function leadsToPrivilege(tx: Tx, groupId: Id): Promise<boolean> {
  const reached = await loadGroupsReached(tx, groupId);
  const { rows } = await sql`
    select 1 from directory_group where id = any(${reached}::uuid[]) and is_assignable_to_role
    union all
    select 1 from ${ledger} as held
    where held.principal_id = any(${reached}::uuid[]) and held.privilege_kind in ('role', 'entitlement-role')
      and ${notEndedAt('held', tx)}
    limit 1`.execute(tx.db<unknown>());
  return rows.length > 0;
}

/** SQL: whether a row of the ledger has not ended: it is in force, or has yet to start. */
function notEndedAt(alias: string, { now }: Tx): RawBuilder<boolean> {
  return sql`coalesce(least(${sql.ref(`${alias}.ends_at`)}, ${sql.ref(`${alias}.ended_at`)}) > ${now}::timestamptz, true)`;
}

/** Those of some roles and groups that need care: roles that Entra marks as privileged, groups that can hold roles. */
export async function loadPrivileged(tx: Tx, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  const { rows } = await sql<{ id: Id }>`
    select id from role_definition where is_privileged and id = any(${[...ids]}::uuid[])
    union all select id from directory_group where is_assignable_to_role and id = any(${[...ids]}::uuid[])`.execute(
    tx.db<unknown>(),
  );
  return new Set(rows.map((row) => row.id));
}

/** The groups that a principal is an active member of now, directly or through groups. */
export async function loadGroupsAbove(tx: Tx, principalId: Id, securityEnabledOnly: boolean): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select place.id from directory_group as place
    where place.deleted_at is null and (place.security_enabled or not ${securityEnabledOnly}::boolean)
      and place.id in (select own.group_id from ${groupsOf(sql`${principalId}::uuid`, tx.now)} as own)
    order by place.id`.execute(tx.db<unknown>());
  return rows.map((row) => row.id);
}

/** The directory roles that are active now for a principal, by itself or through groups. */
export async function loadRolesAbove(tx: Tx, principalId: Id): Promise<Id[]> {
  const principal = sql`${principalId}::uuid`;
  const { rows } = await sql<{ id: Id }>`
    select distinct held.privilege_id as id from ${ledger} as held
    where held.privilege_kind = 'role' and held.mode = 'active' and ${liveAt('held', tx.now)}
      and (held.principal_id = ${principal}
        or held.principal_id in (select own.group_id from ${groupsOf(principal, tx.now)} as own))
    order by held.privilege_id`.execute(tx.db<unknown>());
  return rows.map((row) => row.id);
}

/**
 * The targets of an event with the names that users, groups, roles and service principals have now, deleted ones
 * included. A name that the event gives itself stays.
 */
export async function nameTargets(db: Kysely<unknown>, targets: readonly EventTarget[]): Promise<EventTarget[]> {
  const unnamed = targets.filter(({ id, displayName }) => displayName === undefined && isId(id)).map(({ id }) => id);
  if (unnamed.length === 0) return [...targets];
  const { rows } = await sql<{ id: Id; displayName: string; userPrincipalName: string | null }>`
    select id, display_name as "displayName", user_principal_name as "userPrincipalName" from directory_user
      where id = any(${unnamed}::uuid[])
    union all select id, display_name, null from directory_group where id = any(${unnamed}::uuid[])
    union all select id, display_name, null from role_definition where id = any(${unnamed}::uuid[])
    union all select id, display_name, null from service_principal where id = any(${unnamed}::uuid[])`.execute(db);
  const names = new Map(rows.map((row) => [row.id, row]));
  return targets.map((target) => ({ ...names.get(target.id), ...target }));
}
