import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { accountUsableAt, groupsOf, liveAt, pathsOf } from '../store.ts';

/** How a principal stands at an instant: all from which it follows what they may see. */
export interface Standing {
  readonly id: Id;
  /** Whether the account may be used; without that it has no roles either. */
  readonly isUsable: boolean;
  /** Directory roles (template ids) that are active, by whatever path. */
  readonly roles: ReadonlySet<Id>;
  /** Groups that it is an active member of, nested or not. */
  readonly groups: ReadonlySet<Id>;
  /** Groups that it owns actively, by itself. */
  readonly owned: ReadonlySet<Id>;
  /** Scopes other than `/` in which it has a role of entitlement management, by itself or through groups. */
  readonly scopes: ReadonlySet<string>;
}

interface StandingRow {
  id: Id;
  usable: boolean;
  roles: Id[];
  groups: Id[];
  owned: Id[];
  scopes: string[];
}

/** How several principals stand, in one statement. */
export async function loadStandings(
  db: Kysely<unknown>,
  principals: readonly Id[],
  at: Instant,
): Promise<ReadonlyMap<Id, Standing>> {
  if (principals.length === 0) return new Map();
  const who = sql`who.id`;
  const { rows } = await sql<StandingRow>`
    select who.id, ${accountUsableAt(who, at)} as usable,
      array(select distinct held.privilege_id from ${pathsOf(who, at)} as path
        join "grant" as held on held.id = path.grant_id
        where held.privilege_kind = 'role' and held.mode = 'active') as roles,
      belongs.groups,
      array(select own.privilege_id from "grant" as own where own.principal_id = who.id
        and own.privilege_kind = 'group-owner' and own.mode = 'active' and ${liveAt('own', at)}) as owned,
      array(select delegated.scope from "grant" as delegated
        where delegated.principal_id = any(array_append(belongs.groups, who.id))
          and delegated.privilege_kind = 'entitlement-role' and delegated.mode = 'active' and delegated.scope <> '/'
          and ${liveAt('delegated', at)}) as scopes
    from unnest(${[...new Set(principals)]}::uuid[]) as who(id)
    cross join lateral (select array(select mine.group_id from ${groupsOf(who, at)} as mine) as groups) as belongs`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, standingOf(row)]));
}

function standingOf({ id, usable, roles, groups, owned, scopes }: StandingRow): Standing {
  return {
    id,
    isUsable: usable,
    roles: new Set(roles),
    groups: new Set(groups),
    owned: new Set(owned),
    scopes: new Set(scopes),
  };
}
