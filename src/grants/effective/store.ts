import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { accountUsableAt, type GrantRow, grantOf, liveAt } from '../store.ts';
import type { Link, Way } from './model.ts';

/** Whose ways, or the ways to what. */
export interface WaysQuery {
  readonly principalId: Id | null;
  /** A role's or a group's id. */
  readonly privilegeId: Id | null;
  /** Principals whose id comes after this one, to read on. */
  readonly after: Id | null;
  /** How many principals at most. */
  readonly most: number;
}

// Chains of groups are short; a circle must still come to an end.
const longestWay = 16;

/**
 * The ways from principals to privileges at an instant, past or to come, over active and eligible
 * memberships alike, in the order of the principals' ids. Empty for accounts that could not be used
 * then; groups are principals only where one is asked for by its id.
 */
export async function loadWays(db: Kysely<unknown>, query: WaysQuery, at: Instant): Promise<Way[]> {
  const ways = query.principalId === null ? downwards(query, at) : upwards(query.principalId, at);
  const { rows } = await sql<{
    principal_id: Id;
    principal_kind: Way['principalKind'];
    through: Id[];
    shut: Instant | null;
  }>`
    with found as (
      select way.* from ${ways} as way
      where (way.principal_kind = 'group' or ${accountUsableAt(sql`way.principal_id`, at)})
        and (${query.privilegeId}::uuid is null or exists (select 1 from "grant" as last
          where last.id = way.through[cardinality(way.through)] and last.privilege_id = ${query.privilegeId}::uuid))
        and (${query.after}::uuid is null or way.principal_id > ${query.after}::uuid)
    ), page as (select distinct principal_id from found order by principal_id limit ${query.most})
    select found.principal_id, found.principal_kind, found.through, (select min(shut.valid_from) from account as shut
      where shut.principal_id = found.principal_id and not shut.enabled and shut.valid_from > ${at}::timestamptz) as shut
    from found join page using (principal_id)
    order by found.principal_id, cardinality(found.through), found.through`.execute(db);
  const links = await loadLinks(db, [...new Set(rows.flatMap(({ through }) => through))]);
  return rows.map(({ principal_id, principal_kind, through, shut }) => ({
    principalId: principal_id,
    principalKind: principal_kind,
    links: through.map((id) => linkIn(links, id)),
    accountUntil: shut,
  }));
}

function linkIn(links: ReadonlyMap<Id, Link>, id: Id): Link {
  const link = links.get(id);
  if (link === undefined) throw new Error(`The grant ${id} is not there`);
  return link;
}

/**
 * What a principal had itself and has had an end since an instant, the latest of each privilege and mode, unless it has
 * the same again; each as a way of one link. What was activated is left out: it is meant to end.
 */
export async function loadEnded(db: Kysely<unknown>, principalId: Id, since: Instant, at: Instant): Promise<Way[]> {
  const end = (alias: string) => sql`least(${sql.ref(`${alias}.ends_at`)}, ${sql.ref(`${alias}.ended_at`)})`;
  const { rows } = await sql<GrantRow>`
    select distinct on (gone.privilege_kind, gone.privilege_id, gone.scope, gone.mode) gone.* from "grant" as gone
    where gone.principal_id = ${principalId}::uuid and gone.origin_kind <> 'activation'
      and ${end('gone')} > ${since}::timestamptz and ${end('gone')} <= ${at}::timestamptz
      and not exists (select 1 from "grant" as again where again.principal_id = gone.principal_id
        and again.privilege_kind = gone.privilege_kind and again.privilege_id = gone.privilege_id
        and again.scope = gone.scope and again.mode = gone.mode and again.origin_kind <> 'activation'
        and coalesce(${end('again')} > ${at}::timestamptz, true))
    order by gone.privilege_kind, gone.privilege_id, gone.scope, gone.mode, ${end('gone')} desc, gone.id`.execute(db);
  return rows.map((row) => ({
    principalId,
    principalKind: row.principal_kind,
    links: [{ ...grantOf(row), endReason: row.end_reason }],
    accountUntil: null,
  }));
}

/** SQL: the ways that begin at a principal. */
function upwards(principal: Id, at: Instant): RawBuilder<unknown> {
  return sql`(with recursive belongs(group_id, through, kind) as (
    select one.privilege_id, array[one.id], one.principal_kind from "grant" as one
    where one.principal_id = ${principal}::uuid and one.privilege_kind = 'group-member' and ${liveAt('one', at)}
    union all
    select up.privilege_id, belongs.through || up.id, belongs.kind
    from belongs join "grant" as up on up.principal_id = belongs.group_id
    where up.privilege_kind = 'group-member' and ${liveAt('up', at)}
      and not up.id = any(belongs.through) and cardinality(belongs.through) < ${longestWay}
  )
  select own.principal_id, own.principal_kind, array[own.id] as through from "grant" as own
  where own.principal_id = ${principal}::uuid and ${liveAt('own', at)}
  union all
  select ${principal}::uuid, belongs.kind, belongs.through || held.id
  from belongs join "grant" as held on held.principal_id = belongs.group_id
  where ${liveAt('held', at)})`;
}

/** SQL: the ways that end at a privilege, or at any. */
function downwards({ privilegeId }: WaysQuery, at: Instant): RawBuilder<unknown> {
  return sql`(with recursive holds(principal_id, principal_kind, through) as (
    select last.principal_id, last.principal_kind, array[last.id] from "grant" as last
    where (${privilegeId}::uuid is null or last.privilege_id = ${privilegeId}::uuid) and ${liveAt('last', at)}
    union all
    select down.principal_id, down.principal_kind, down.id || holds.through
    from holds join "grant" as down on down.privilege_id = holds.principal_id and holds.principal_kind = 'group'
    where down.privilege_kind = 'group-member' and ${liveAt('down', at)}
      and not down.id = any(holds.through) and cardinality(holds.through) < ${longestWay}
  ) select principal_id, principal_kind, through from holds where principal_kind <> 'group')`;
}

/** Grants by id, with why they ended. */
export async function loadLinks(db: Kysely<unknown>, ids: readonly Id[]): Promise<Map<Id, Link>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<GrantRow>`select * from "grant" where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, { ...grantOf(row), endReason: row.end_reason }]));
}
