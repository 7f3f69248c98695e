import { type Kysely, sql } from 'kysely';
import { accountUsableAt } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** A directory role by its name. */
export interface NamedRole {
  readonly id: Id;
  readonly displayName: string;
}

/** The directory roles that count as privileged: those that Entra marks so, and custom ones. */
export async function loadPrivilegedRoles(db: Kysely<unknown>): Promise<NamedRole[]> {
  const { rows } = await sql<NamedRole>`select id, display_name as "displayName" from role_definition
    where is_privileged and deleted_at is null order by display_name`.execute(db);
  return rows;
}

/** A group that can hold roles, or is one of some others. */
export interface RoleGroup extends NamedRole {
  readonly isAssignableToRole: boolean;
}

/** The groups that can hold roles, and some others, that are not deleted. */
export async function loadRoleGroups(db: Kysely<unknown>, others: readonly Id[]): Promise<RoleGroup[]> {
  const { rows } = await sql<RoleGroup>`
    select id, display_name as "displayName", is_assignable_to_role as "isAssignableToRole" from directory_group
    where deleted_at is null and (is_assignable_to_role or id = any(${[...others]}::uuid[]))
    order by display_name, id`.execute(db);
  return rows;
}

/** A user's account by its name, and how it stands. */
export interface Account extends NamedRole {
  readonly isEnabled: boolean;
  readonly isGuest: boolean;
}

/** Some users who are not deleted. */
export async function loadAccounts(db: Kysely<unknown>, ids: readonly Id[], at: Instant): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select person.id, person.display_name as "displayName", ${accountUsableAt(sql`person.id`, at)} as "isEnabled",
      lower(coalesce(person.user_type, '')) = 'guest' as "isGuest"
    from directory_user as person where person.deleted_at is null and person.id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}
