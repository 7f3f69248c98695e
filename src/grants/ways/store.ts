import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Mode } from '../model.ts';
import { liveAt } from '../store.ts';

/** A way in force from a user to a role: memberships, then a grant of the role. */
export interface RoleWay {
  readonly userId: Id;
  readonly roleId: Id;
  /** Active only where every link is. */
  readonly mode: Mode;
  /** The earliest end of its links; null for ever. */
  readonly until: Instant | null;
  /** The latest start of its links. */
  readonly since: Instant;
  /** The groups on the way, nearest to the user first. */
  readonly throughGroups: readonly Id[];
  /** Whether a package or an activation gave one of its links. */
  readonly isAskedFor: boolean;
}

/**
 * Every way in force at an instant from users to some roles, those included on which something is eligible and has to
 * be activated first, and those of accounts that are shut.
 */
export async function loadRoleWays(db: Kysely<unknown>, roleIds: readonly Id[], at: Instant): Promise<RoleWay[]> {
  const asked = sql`in ('package', 'activation')`;
  const { rows } = await sql<RoleWay>`
    with recursive way(principal_id, principal_kind, role_id, is_active, until, since, through, is_asked) as (
      select held.principal_id, held.principal_kind, held.privilege_id, held.mode = 'active',
        least(held.ends_at, held.ended_at), held.starts_at, array[]::uuid[], held.origin_kind ${asked}
      from "grant" as held
      where held.privilege_kind = 'role' and held.privilege_id = any(${[...roleIds]}::uuid[]) and ${liveAt('held', at)}
      union all
      select down.principal_id, down.principal_kind, way.role_id, way.is_active and down.mode = 'active',
        least(way.until, down.ends_at, down.ended_at), greatest(way.since, down.starts_at),
        down.privilege_id || way.through, way.is_asked or down.origin_kind ${asked}
      from way join "grant" as down on down.privilege_id = way.principal_id and way.principal_kind = 'group'
      where down.privilege_kind = 'group-member' and ${liveAt('down', at)}
        and not down.privilege_id = any(way.through) and cardinality(way.through) < 16
    )
    select principal_id as "userId", role_id as "roleId",
      case when is_active then 'active' else 'eligible' end as mode, until, since, through as "throughGroups",
      is_asked as "isAskedFor"
    from way where principal_kind = 'user' order by principal_id, role_id, since`.execute(db);
  return rows;
}

/** A role that a group holds, or that its members may activate. */
export interface RoleOfGroup {
  readonly groupId: Id;
  readonly roleId: Id;
  readonly mode: Mode;
  readonly since: Instant;
}

/** Those of some roles that groups hold at an instant. */
export async function loadRolesOfGroups(
  db: Kysely<unknown>,
  roleIds: readonly Id[],
  at: Instant,
): Promise<RoleOfGroup[]> {
  const { rows } = await sql<RoleOfGroup>`
    select held.principal_id as "groupId", held.privilege_id as "roleId", held.mode, held.starts_at as since
    from "grant" as held
    where held.privilege_kind = 'role' and held.principal_kind = 'group'
      and held.privilege_id = any(${[...roleIds]}::uuid[]) and ${liveAt('held', at)}
    order by held.principal_id, held.privilege_id, held.mode`.execute(db);
  return rows;
}

/** The users who own some groups actively at an instant, by themselves. */
export async function loadOwners(
  db: Kysely<unknown>,
  groupIds: readonly Id[],
  at: Instant,
): Promise<{ readonly groupId: Id; readonly userId: Id }[]> {
  const { rows } = await sql<{ groupId: Id; userId: Id }>`
    select distinct owned.privilege_id as "groupId", owned.principal_id as "userId" from "grant" as owned
    where owned.privilege_kind = 'group-owner' and owned.mode = 'active' and owned.principal_kind = 'user'
      and owned.privilege_id = any(${[...groupIds]}::uuid[]) and ${liveAt('owned', at)}
    order by owned.privilege_id, owned.principal_id`.execute(db);
  return rows;
}
