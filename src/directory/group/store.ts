import { type RawBuilder, sql } from 'kysely';
import { type Id, isId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { securityIdentifier } from '../object/model.ts';
import type { Group, GroupAttributes } from './model.ts';

const attributes = [
  'displayName',
  'description',
  'mailNickname',
  'mailEnabled',
  'securityEnabled',
  'groupTypes',
  'membershipRule',
  'membershipRuleProcessingState',
  'isAssignableToRole',
  'visibility',
  'uniqueName',
  'classification',
  'theme',
  'preferredDataLocation',
  'preferredLanguage',
] as const satisfies readonly (keyof GroupAttributes)[];

function columnOf(name: string): RawBuilder<unknown> {
  return sql.id(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

const selected = sql.join(attributes.map((name) => sql`${columnOf(name)} as ${sql.id(name)}`));
const selectGroups = sql<Group>`select id, created_at as "createdAt", deleted_at as "deletedAt",
    membership_rule is not null as "isDynamic", ${selected}
  from directory_group where purged_at is null`;

/** SQL: the groups whose members no rule decides, with what tells them from each other; none that are deleted. */
export const assignedGroups: RawBuilder<unknown> = sql`(select id, display_name, description, is_assignable_to_role
  from directory_group where deleted_at is null and membership_rule is null)`;

/** A group by id, deleted ones included; null if there is none. */
export async function loadGroup(tx: Tx, id: Id): Promise<Group | null> {
  const { rows } = await sql<Group>`${selectGroups} and id = ${id}::uuid`.execute(tx.db<unknown>());
  return rows[0] ?? null;
}

/** A group that is not deleted, by id or unique name; null if there is none. */
export async function loadGroupByKey(tx: Tx, key: string): Promise<Group | null> {
  const condition = isId(key) ? sql`id = ${key}::uuid` : sql`lower(unique_name) = lower(${key}::text)`;
  const { rows } = await sql<Group>`${selectGroups} and deleted_at is null and ${condition}`.execute(tx.db<unknown>());
  return rows[0] ?? null;
}

/** The groups whose members a rule decides, now being processed; only those whose rule has a word in it, if given. */
export async function loadGroupsByRule(tx: Tx, word = ''): Promise<Group[]> {
  const { rows } = await sql<Group>`${selectGroups} and deleted_at is null and membership_rule_processing_state = 'On'
    and strpos(lower(membership_rule), lower(${word}::text)) > 0 order by id`.execute(tx.db<unknown>());
  return rows;
}

/** How many role-assignable groups there are; deleted ones count until they are gone for good. */
export async function countRoleAssignable(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from directory_group
    where is_assignable_to_role and purged_at is null`.execute(tx.db<unknown>());
  return rows[0]?.count ?? 0;
}

export async function countDynamic(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from directory_group
    where membership_rule is not null and purged_at is null`.execute(tx.db<unknown>());
  return rows[0]?.count ?? 0;
}

export async function isUniqueNameTaken(tx: Tx, uniqueName: string): Promise<boolean> {
  const { rows } = await sql`select 1 from directory_group
    where lower(unique_name) = lower(${uniqueName}::text) and purged_at is null`.execute(tx.db<unknown>());
  return rows.length > 0;
}

/** Writes a new group down; one with mail gets its address in the tenant's first domain. */
export async function insertGroup(tx: Tx, id: Id, group: GroupAttributes): Promise<void> {
  const mail = sql`case when ${group.mailEnabled}::boolean
    then ${group.mailNickname}::text || '@' || (select verified_domains[1] from organization) end`;
  await sql`insert into directory_group (id, security_identifier, created_at, mail, ${sql.join(attributes.map(columnOf))})
    values (${id}, ${securityIdentifier(id)}, ${tx.now}, ${mail}, ${sql.join(attributes.map((name) => group[name]))})`.execute(
    tx.db<unknown>(),
  );
}

export async function updateGroup(tx: Tx, id: Id, changes: Partial<GroupAttributes>): Promise<void> {
  const names = attributes.filter((name) => name in changes);
  if (names.length === 0) return;
  const sets = names.map((name) => sql`${columnOf(name)} = ${changes[name]}`);
  await sql`update directory_group set ${sql.join(sets)} where id = ${id}`.execute(tx.db<unknown>());
}

export async function markGroupDeleted(tx: Tx, id: Id): Promise<void> {
  await sql`update directory_group set deleted_at = ${tx.now} where id = ${id}`.execute(tx.db<unknown>());
}

export async function markGroupRestored(tx: Tx, id: Id): Promise<void> {
  await sql`update directory_group set deleted_at = null where id = ${id}`.execute(tx.db<unknown>());
}

/** Takes a deleted group out of sight for good. */
export async function markGroupPurged(tx: Tx, id: Id): Promise<void> {
  await sql`update directory_group set purged_at = ${tx.now} where id = ${id}`.execute(tx.db<unknown>());
}
