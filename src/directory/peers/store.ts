import { type RawBuilder, sql } from 'kysely';

/** How many of either kind are looked at: enough to see what is usual. */
const most = 500;

/**
 * SQL: a table expression `(id, relation)` of the people who are like a user: `sameManager`, those with the same
 * manager now, and `sameJobTitle`, those with the same job title, letter case aside; none who are deleted, 500 of
 * each at most.
 */
export function peersOf(userId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`((select person.id, 'sameManager'::text as relation from user_manager as own
      join user_manager as other on other.manager_id = own.manager_id and other.valid_to is null
      join directory_user as person on person.id = other.user_id and person.deleted_at is null
      where own.user_id = ${userId} and own.valid_to is null and person.id <> own.user_id
      order by person.id limit ${sql.lit(most)})
    union all
    (select person.id, 'sameJobTitle' from directory_user as own
      join directory_user as person on lower(person.job_title) = lower(own.job_title) and person.deleted_at is null
      where own.id = ${userId} and person.id <> own.id order by person.id limit ${sql.lit(most)}))`;
}

/** How far up managers go in Graph: the highest `managerLevel`. */
const managerLevels = 4;

/**
 * SQL: a table expression `(id, level)` of the people who report to a user now: directly (1), or through others (at most
 * 4, as Graph counts `managerLevel`). Who is deleted reports to nobody, and nobody to them.
 */
export function reportsTo(userId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(with recursive below(id, level) as (
      select person.id, 1 from user_manager as own
      join directory_user as person on person.id = own.user_id and person.deleted_at is null
      where own.manager_id = ${userId} and own.valid_to is null
      union
      select person.id, below.level + 1 from below
      join user_manager as next on next.manager_id = below.id and next.valid_to is null
      join directory_user as person on person.id = next.user_id and person.deleted_at is null
      where below.level < ${sql.lit(managerLevels)})
    select below.id, below.level from below where below.id <> ${userId})`;
}

/** SQL: the people of the directory, with what tells them from each other; none who are deleted. */
export const people: RawBuilder<unknown> = sql`(select id, display_name, job_title, user_principal_name
  from directory_user where deleted_at is null)`;
