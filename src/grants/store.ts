import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import { type Binding, boundBy, type EndBound } from './ending.ts';
import type { EndReason, Grant, Link, Mode, OriginKind, Path, PrincipalKind, PrivilegeKind } from './model.ts';

/** A row of the ledger. */
export interface GrantRow {
  id: Id;
  principal_id: Id;
  principal_kind: PrincipalKind;
  privilege_kind: PrivilegeKind;
  privilege_id: Id;
  scope: string;
  mode: Mode;
  starts_at: Instant;
  ends_at: Instant | null;
  ended_at: Instant | null;
  end_reason: EndReason | null;
  end_bound: EndBound | null;
  end_bound_id: Id | null;
  origin_kind: OriginKind;
  origin_id: string;
  correlation_id: Id;
  given_at: Instant;
}

/** The tables of the ledger. */
export interface GrantTables {
  grant: GrantRow;
  grant_link: { grant_id: Id; hangs_on_kind: Link['kind']; hangs_on_id: Id };
  account: { principal_id: Id; enabled: boolean; valid_from: Instant; valid_to: Instant | null };
}

type Db = Kysely<GrantTables>;

/** The ledger as a table expression, for declarations of schedules and instances. Columns as in the migration. */
export const ledger: RawBuilder<unknown> = sql`"grant"`;

/** SQL: whether the aliased row of the ledger is in force at the instant. */
export function liveAt(alias: string, at: Instant): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`(${column('starts_at')} <= ${at}::timestamptz
    and coalesce(least(${column('ends_at')}, ${column('ended_at')}), 'infinity'::timestamptz) > ${at}::timestamptz)`;
}

/** SQL: whether a principal's account may be used at the instant. */
export function accountUsableAt(principal: RawBuilder<unknown>, at: Instant): RawBuilder<boolean> {
  return sql`exists (select 1 from account where account.principal_id = ${principal} and account.enabled
    and account.valid_from <= ${at}::timestamptz and coalesce(account.valid_to > ${at}::timestamptz, true))`;
}

/** SQL: a table expression of direct holders `(principal_id, principal_kind, privilege_id)` in force at the instant. */
export function holdersAt(kind: PrivilegeKind, mode: Mode, at: Instant): RawBuilder<unknown> {
  return sql`(select distinct holder.principal_id, holder.principal_kind, holder.privilege_id from "grant" as holder
    where holder.privilege_kind = ${kind} and holder.mode = ${mode} and ${liveAt('holder', at)})`;
}

/**
 * SQL: whether a privilege was ever given to anybody. Asks for the earliest grant, so that an index is gone by: with
 * few privileges in the ledger, PostgreSQL would expect to find one soon by reading all of it.
 */
export function wasEverGiven(kind: PrivilegeKind, privilege: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`((select held.id from "grant" as held where held.privilege_id = ${privilege}
    and held.privilege_kind = ${sql.lit(kind)} order by held.starts_at limit 1) is not null)`;
}

/** Whose privileges are looked for. */
export interface HoldersQuery {
  readonly kind: PrivilegeKind;
  readonly ids: readonly Id[];
  /** Only those who have them without an end. */
  readonly permanentOnly?: boolean;
}

/** The users who have one of some privileges actively at an instant, by themselves or through groups. */
export async function loadUserHolders(db: Kysely<unknown>, query: HoldersQuery, at: Instant): Promise<Id[]> {
  const { kind, ids, permanentOnly = false } = query;
  const { rows } = await sql<{ id: Id }>`
    with holder as (select held.principal_id, held.principal_kind from "grant" as held
      where held.privilege_kind = ${kind} and held.mode = 'active' and held.privilege_id = any(${[...ids]}::uuid[])
        and ${liveAt('held', at)} and (not ${permanentOnly} or (held.ends_at is null and held.ended_at is null)))
    select principal_id as id from holder where principal_kind = 'user'
    union select inside.principal_id from holder,
      lateral ${membersOf(sql`holder.principal_id`, at)} as inside
      where holder.principal_kind = 'group' and inside.principal_kind = 'user'
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** SQL: a table expression `(group_id)` of every group that the principal is an active member of, nested or not. */
export function groupsOf(principal: RawBuilder<unknown>, at: Instant): RawBuilder<unknown> {
  return sql`(with recursive belongs(group_id) as (
    select one.privilege_id from "grant" as one
    where one.principal_id = ${principal} and one.privilege_kind = 'group-member' and one.mode = 'active'
      and ${liveAt('one', at)}
    union
    select up.privilege_id from belongs join "grant" as up on up.principal_id = belongs.group_id
    where up.privilege_kind = 'group-member' and up.mode = 'active' and ${liveAt('up', at)}
  ) select group_id from belongs)`;
}

/** SQL: a table expression `(principal_id, principal_kind)` of everyone in a group, nested or not. */
export function membersOf(group: RawBuilder<unknown>, at: Instant): RawBuilder<unknown> {
  return sql`(with recursive holds(principal_id, principal_kind) as (
    select one.principal_id, one.principal_kind from "grant" as one
    where one.privilege_id = ${group} and one.privilege_kind = 'group-member' and one.mode = 'active'
      and ${liveAt('one', at)}
    union
    select down.principal_id, down.principal_kind from holds
    join "grant" as down on down.privilege_id = holds.principal_id and holds.principal_kind = 'group'
    where down.privilege_kind = 'group-member' and down.mode = 'active' and ${liveAt('down', at)}
  ) select principal_id, principal_kind from holds)`;
}

/**
 * SQL: a table expression `(grant_id, through, until)` of every way in force from a principal to a grant, its own
 * and those of the groups that it is an active member of. Empty while the account may not be used.
 */
export function pathsOf(principal: RawBuilder<unknown>, at: Instant): RawBuilder<unknown> {
  return sql`(with recursive belongs(group_id, through, until) as (
    select one.privilege_id, array[one.id], least(one.ends_at, one.ended_at) from "grant" as one
    where one.principal_id = ${principal} and one.privilege_kind = 'group-member' and one.mode = 'active'
      and ${liveAt('one', at)}
    union all
    select up.privilege_id, belongs.through || up.id, least(belongs.until, up.ends_at, up.ended_at)
    from belongs join "grant" as up on up.principal_id = belongs.group_id
    where up.privilege_kind = 'group-member' and up.mode = 'active' and ${liveAt('up', at)}
      and not up.id = any(belongs.through) and cardinality(belongs.through) < 16
  )
  select own.id as grant_id, array[]::uuid[] as through, least(own.ends_at, own.ended_at) as until
  from "grant" as own
  where own.principal_id = ${principal} and ${liveAt('own', at)} and ${accountUsableAt(principal, at)}
  union all
  select held.id, belongs.through, least(belongs.until, held.ends_at, held.ended_at)
  from belongs join "grant" as held on held.principal_id = belongs.group_id
  where ${liveAt('held', at)} and ${accountUsableAt(principal, at)})`;
}

/** The ways in force from a principal to grants of one mode, optionally to one privilege only. */
export async function loadPaths(
  db: Kysely<unknown>,
  principal: Id,
  at: Instant,
  of: { mode: Mode; kind?: PrivilegeKind; privilege?: Id },
): Promise<Path[]> {
  const { rows } = await sql<GrantRow & { through: Id[]; until: Instant | null }>`
    select held.*, path.through, path.until
    from ${pathsOf(sql`${principal}::uuid`, at)} as path join "grant" as held on held.id = path.grant_id
    where held.mode = ${of.mode}
      and (${of.kind ?? null}::text is null or held.privilege_kind = ${of.kind ?? null}::text)
      and (${of.privilege ?? null}::uuid is null or held.privilege_id = ${of.privilege ?? null}::uuid)
    order by path.until desc nulls first, cardinality(path.through), held.id`.execute(db);
  return rows.map((row) => ({ grant: grantOf(row), through: row.through, until: row.until }));
}

/** Whether a principal's account may be used at an instant. */
export async function isAccountUsable(db: Kysely<unknown>, principal: Id, at: Instant): Promise<boolean> {
  const { rows } = await sql<{ usable: boolean }>`
    select ${accountUsableAt(sql`${principal}::uuid`, at)} as usable`.execute(db);
  return rows[0]?.usable === true;
}

/** The users whose accounts may be used and who hold a role actively, by themselves or as members of a group. */
export async function loadHolders(db: Kysely<unknown>, role: Id, at: Instant): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select distinct coalesce(member.principal_id, held.principal_id) as id from "grant" as held
    left join lateral ${membersOf(sql`held.principal_id`, at)} as member
      on held.principal_kind = 'group' and member.principal_kind = 'user'
    where held.privilege_kind = 'role' and held.privilege_id = ${role} and held.mode = 'active'
      and (held.principal_kind = 'user' or member.principal_id is not null) and ${liveAt('held', at)}
      and ${accountUsableAt(sql`coalesce(member.principal_id, held.principal_id)`, at)}
    order by id`.execute(db);
  return rows.map((row) => row.id);
}

/** Whether a user whose account may be used holds a role actively and permanently, by itself or as a member of a group. */
export async function isHeldForGood(db: Db, role: Id, at: Instant): Promise<boolean> {
  const { rows } = await sql`
    select 1 from "grant" as held
    left join "grant" as member on held.principal_kind = 'group' and member.privilege_id = held.principal_id
      and member.privilege_kind = 'group-member' and member.mode = 'active' and member.ends_at is null and member.ended_at is null
      and member.principal_kind = 'user' and ${liveAt('member', at)}
    where held.privilege_kind = 'role' and held.privilege_id = ${role} and held.mode = 'active'
      and held.ends_at is null and held.ended_at is null and held.principal_kind <> 'app' and ${liveAt('held', at)}
      and ${accountUsableAt(sql`coalesce(member.principal_id, held.principal_id)`, at)}
    limit 1`.execute(db);
  return rows.length > 0;
}

/** Opens a new window of an account, closing the one before. */
export async function saveAccount(db: Db, principal: Id, enabled: boolean, from: Instant): Promise<void> {
  await db
    .updateTable('account')
    .set({ valid_to: from })
    .where('principal_id', '=', principal)
    .where('valid_to', 'is', null)
    .execute();
  await db
    .insertInto('account')
    .values({ principal_id: principal, enabled, valid_from: from, valid_to: null })
    .onConflict((again) => again.columns(['principal_id', 'valid_from']).doUpdateSet({ enabled, valid_to: null }))
    .execute();
}

export async function insertGrant(db: Db, grant: Grant, links: readonly Link[]): Promise<void> {
  await db
    .insertInto('grant')
    .values({
      id: grant.id,
      principal_id: grant.principal.id,
      principal_kind: grant.principal.kind,
      privilege_kind: grant.privilege.kind,
      privilege_id: grant.privilege.id,
      scope: grant.privilege.scope,
      mode: grant.mode,
      starts_at: grant.startsAt,
      ends_at: grant.endsAt,
      ended_at: null,
      end_reason: null,
      end_bound: grant.binding?.by ?? null,
      end_bound_id: grant.binding?.id ?? null,
      origin_kind: grant.origin.kind,
      origin_id: grant.origin.id,
      correlation_id: grant.correlation,
      given_at: grant.givenAt,
    })
    .execute();
  if (links.length === 0) return;
  const rows = links.map((link) => ({ grant_id: grant.id, hangs_on_kind: link.kind, hangs_on_id: link.id }));
  await db.insertInto('grant_link').values(rows).execute();
}

/** Which grants to look for; all given conditions hold together. */
export interface GrantQuery {
  readonly id?: Id;
  readonly principal?: Id;
  readonly kind?: PrivilegeKind;
  readonly privilege?: Id;
  readonly scope?: string;
  readonly mode?: Mode;
  readonly origin?: { readonly kind: OriginKind; readonly id?: string };
}

/** The grants that have not ended at an instant: in force, or yet to start. */
export async function loadOpenGrants(db: Db, query: GrantQuery, at: Instant): Promise<Grant[]> {
  const rows = await matching(db, query)
    .where((is) => is.or([is('ends_at', 'is', null), is('ends_at', '>', at)]))
    .where((is) => is.or([is('ended_at', 'is', null), is('ended_at', '>', at)]))
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  return rows.map(grantOf);
}

/** The grants whose planned end lies after an instant and not after another, and that were not ended early. */
export async function loadExpiredGrants(db: Db, query: GrantQuery, since: Instant, at: Instant): Promise<Grant[]> {
  const rows = await matching(db, query)
    .where('ends_at', '>', since)
    .where('ends_at', '<=', at)
    .where('ended_at', 'is', null)
    .orderBy('ends_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(grantOf);
}

function matching(db: Db, query: GrantQuery) {
  let select = db.selectFrom('grant').selectAll();
  if (query.id !== undefined) select = select.where('id', '=', query.id);
  if (query.principal !== undefined) select = select.where('principal_id', '=', query.principal);
  if (query.kind !== undefined) select = select.where('privilege_kind', '=', query.kind);
  if (query.privilege !== undefined) select = select.where('privilege_id', '=', query.privilege);
  if (query.scope !== undefined) select = select.where('scope', '=', query.scope);
  if (query.mode !== undefined) select = select.where('mode', '=', query.mode);
  if (query.origin !== undefined) select = select.where('origin_kind', '=', query.origin.kind);
  if (query.origin?.id !== undefined) select = select.where('origin_id', '=', query.origin.id);
  return select;
}

/** One row of the ledger, whatever its state. */
export async function loadGrant(db: Db, id: Id): Promise<Grant | null> {
  const row = await db.selectFrom('grant').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : grantOf(row);
}

/** The grants that hang directly on something and have not ended at an instant. */
export async function loadHanging(db: Db, kind: Link['kind'], id: Id, at: Instant): Promise<Grant[]> {
  const rows = await db
    .selectFrom('grant')
    .innerJoin('grant_link', 'grant_link.grant_id', 'grant.id')
    .selectAll('grant')
    .where('hangs_on_kind', '=', kind)
    .where('hangs_on_id', '=', id)
    .where((is) => is.or([is('ends_at', 'is', null), is('ends_at', '>', at)]))
    .where((is) => is.or([is('ended_at', 'is', null), is('ended_at', '>', at)]))
    .orderBy('grant.id')
    .execute();
  return rows.map(grantOf);
}

/** Closes a grant early, unless it has ended. */
export async function closeGrant(db: Db, id: Id, at: Instant, reason: EndReason): Promise<void> {
  await db
    .updateTable('grant')
    .set({ ended_at: at, end_reason: reason })
    .where('id', '=', id)
    .where((is) => is.or([is('ended_at', 'is', null), is('ended_at', '>', at)]))
    .execute();
}

/** Says when an open grant will end early; null if it will not any more. */
export async function planEarlyEnd(db: Db, id: Id, at: Instant | null): Promise<void> {
  await db
    .updateTable('grant')
    .set({ ended_at: at, end_reason: at === null ? null : 'leaving' })
    .where('id', '=', id)
    .execute();
}

/** Writes down that an early end which was said beforehand has been announced; false if it was no such end. */
export async function markLeft(db: Db, id: Id): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('grant')
    .set({ end_reason: 'left' })
    .where('id', '=', id)
    .where('end_reason', '=', 'leaving')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What a grant hangs on. */
export async function loadLinks(db: Db, id: Id): Promise<Pick<Link, 'kind' | 'id'>[]> {
  const rows = await db.selectFrom('grant_link').selectAll().where('grant_id', '=', id).execute();
  return rows.map((row) => ({ kind: row.hangs_on_kind, id: row.hangs_on_id }));
}

/**
 * Until when a principal is an active member of a group, nested or not, whatever the state of its account; null for
 * ever. Undefined if it is none now.
 */
export async function loadStay(
  db: Kysely<unknown>,
  principal: Id,
  group: Id,
  at: Instant,
): Promise<Instant | null | undefined> {
  const { rows } = await sql<{ until: Instant | null }>`
    with recursive belongs(group_id, until) as (
      select one.privilege_id, least(one.ends_at, one.ended_at) from "grant" as one
      where one.principal_id = ${principal} and one.privilege_kind = 'group-member' and one.mode = 'active'
        and ${liveAt('one', at)}
      union
      select up.privilege_id, least(belongs.until, up.ends_at, up.ended_at)
      from belongs join "grant" as up on up.principal_id = belongs.group_id
      where up.privilege_kind = 'group-member' and up.mode = 'active' and ${liveAt('up', at)}
    ) select until from belongs where group_id = ${group} order by until desc nulls first limit 1`.execute(db);
  return rows[0]?.until;
}

/** Moves a planned end later; null makes it permanent. */
export async function moveEnd(db: Db, id: Id, endsAt: Instant | null, binding: Binding | null): Promise<void> {
  const end = { ends_at: endsAt, end_bound: binding?.by ?? null, end_bound_id: binding?.id ?? null };
  await db.updateTable('grant').set(end).where('id', '=', id).execute();
}

/** What a row of the ledger says. */
export function grantOf(row: GrantRow): Grant {
  return {
    id: row.id,
    principal: { kind: row.principal_kind, id: row.principal_id },
    privilege: { kind: row.privilege_kind, id: row.privilege_id, scope: row.scope },
    mode: row.mode,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    endedAt: row.ended_at,
    binding: boundBy(row.end_bound, row.end_bound_id),
    origin: { kind: row.origin_kind, id: row.origin_id },
    correlation: row.correlation_id,
    givenAt: row.given_at,
  };
}
