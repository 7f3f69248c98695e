import { type Kysely, type RawBuilder, sql } from 'kysely';
import { accountUsableAt } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { isId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { securityIdentifier } from '../object/model.ts';
import { listAttributes, textAttributes, type User, type UserAttributes } from './model.ts';

const otherAttributes = [
  'userPrincipalName',
  'displayName',
  'onPremisesSyncEnabled',
  'showInAddressList',
  'employeeHireDate',
  'employeeLeaveDateTime',
  'employeeOrgData',
  'extensionAttributes',
] as const;

const attributes: readonly (keyof UserAttributes)[] = [...textAttributes, ...listAttributes, ...otherAttributes];
const json: ReadonlySet<string> = new Set(['employeeOrgData', 'extensionAttributes']);

/** The column that holds a property: its name in snake case. */
export function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function parameter(name: keyof UserAttributes, value: unknown): RawBuilder<unknown> {
  return json.has(name) && value !== null ? sql`${JSON.stringify(value)}::jsonb` : sql`${value}`;
}

function selectUsers(at: Instant): RawBuilder<User> {
  const columns = attributes.map((name) => sql`${sql.ref(`person.${columnOf(name)}`)} as ${sql.id(name)}`);
  return sql<User>`select person.id, person.created_at as "createdAt", person.deleted_at as "deletedAt",
      coalesce(person.enabled_when_deleted, ${accountUsableAt(sql`person.id`, at)}) as "accountEnabled",
      ${sql.join(columns)}
    from directory_user as person where person.purged_at is null`;
}

/** SQL: a table expression `(id, display_name)` of all users, deleted ones included: the past names them. */
export const userNames: RawBuilder<unknown> = sql`(select id, display_name from directory_user)`;

/** A user by id, deleted ones included; null if there is none. */
export async function loadUser(tx: Tx, id: Id): Promise<User | null> {
  const { rows } = await sql<User>`${selectUsers(tx.now)} and person.id = ${id}::uuid`.execute(tx.db<unknown>());
  return rows[0] ?? null;
}

/** A user who is not deleted, by id or userPrincipalName; null if there is none. */
export async function loadUserByKey(tx: Tx, key: string): Promise<User | null> {
  const condition = isId(key)
    ? sql`person.id = ${key}::uuid`
    : sql`lower(person.user_principal_name) = lower(${key}::text)`;
  const { rows } = await sql<User>`${selectUsers(tx.now)} and person.deleted_at is null and ${condition}`.execute(
    tx.db<unknown>(),
  );
  return rows[0] ?? null;
}

/** The users with an address, as their mail or as their name, letter case aside; none that are deleted. */
export async function loadUserIdsByAddress(tx: Tx, address: string): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from directory_user
    where deleted_at is null and lower(${address}::text) in (lower(mail), lower(user_principal_name))
    order by id`.execute(tx.db<unknown>());
  return rows.map((row) => row.id);
}

/** Whether a user who is not deleted has the userPrincipalName, letter case aside. */
export async function isNameTaken(tx: Tx, userPrincipalName: string): Promise<boolean> {
  const { rows } = await sql`select 1 from directory_user
    where lower(user_principal_name) = lower(${userPrincipalName}::text) and deleted_at is null`.execute(
    tx.db<unknown>(),
  );
  return rows.length > 0;
}

export async function insertUser(tx: Tx, id: Id, user: UserAttributes): Promise<void> {
  const columns = attributes.map((name) => sql.id(columnOf(name)));
  const values = attributes.map((name) => parameter(name, user[name]));
  await sql`insert into directory_user (id, security_identifier, created_at, ${sql.join(columns)})
    values (${id}, ${securityIdentifier(id)}, ${tx.now}, ${sql.join(values)})`.execute(tx.db<unknown>());
}

export async function updateUser(tx: Tx, id: Id, changes: Partial<UserAttributes>): Promise<void> {
  const names = attributes.filter((name) => name in changes);
  if (names.length === 0) return;
  const sets = names.map((name) => sql`${sql.id(columnOf(name))} = ${parameter(name, changes[name])}`);
  await sql`update directory_user set ${sql.join(sets)} where id = ${id}`.execute(tx.db<unknown>());
}

/** Marks a user as deleted, keeping whether its account was enabled. */
export async function markUserDeleted(tx: Tx, user: User): Promise<void> {
  await sql`update directory_user set deleted_at = ${tx.now}, enabled_when_deleted = ${user.accountEnabled}
    where id = ${user.id}`.execute(tx.db<unknown>());
}

export async function markUserRestored(tx: Tx, id: Id): Promise<void> {
  await sql`update directory_user set deleted_at = null, enabled_when_deleted = null
    where id = ${id}`.execute(tx.db<unknown>());
}

/** Takes a deleted user out of sight for good. */
export async function markUserPurged(tx: Tx, id: Id): Promise<void> {
  await sql`update directory_user set purged_at = ${tx.now} where id = ${id}`.execute(tx.db<unknown>());
}

/** The user's manager now, if there is one who is not deleted. */
export async function loadManager(tx: Tx, userId: Id): Promise<Id | null> {
  const { rows } = await sql<{ id: Id }>`
    select person.id from user_manager as history join directory_user as person on person.id = history.manager_id
    where history.user_id = ${userId} and history.valid_to is null and person.deleted_at is null`.execute(
    tx.db<unknown>(),
  );
  return rows[0]?.id ?? null;
}

/** Closes the window of the manager so far, and opens one for the new manager where there is one. */
export async function saveManager(tx: Tx, userId: Id, managerId: Id | null): Promise<void> {
  const db = tx.db<unknown>();
  // Two changes at one instant: the first had no time to be true.
  await sql`delete from user_manager where user_id = ${userId} and valid_from = ${tx.now}`.execute(db);
  await sql`update user_manager set valid_to = ${tx.now} where user_id = ${userId} and valid_to is null`.execute(db);
  if (managerId === null) return;
  await sql`insert into user_manager (user_id, manager_id, valid_from)
    values (${userId}, ${managerId}, ${tx.now})`.execute(db);
}

/** A person as lists and mails name them. */
export interface Person {
  readonly id: Id;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly jobTitle: string | null;
  readonly mail: string | null;
  readonly managerId: Id | null;
  readonly accountEnabled: boolean;
}

/** Everyone who is not deleted, by userPrincipalName; with `ids`, only those. */
export function loadPeople(db: Kysely<unknown>, at: Instant, ids: readonly Id[] | null = null): Promise<Person[]> {
  return selectPeople(db, at, ids === null ? sql`true` : sql`person.id = any(${[...ids]}::uuid[])`);
}

/** Everyone who is not deleted and has a value; several may have the same employee number. */
export async function findPeople(
  db: Kysely<unknown>,
  at: Instant,
  attribute: 'userPrincipalName' | 'id' | 'employeeId',
  value: string,
): Promise<Person[]> {
  if (attribute === 'id') return isId(value) ? loadPeople(db, at, [value]) : [];
  const condition =
    attribute === 'employeeId'
      ? sql`person.employee_id = ${value}`
      : sql`lower(person.user_principal_name) = lower(${value}::text)`;
  return selectPeople(db, at, condition);
}

async function selectPeople(db: Kysely<unknown>, at: Instant, condition: RawBuilder<unknown>): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select person.id, person.user_principal_name as "userPrincipalName", person.display_name as "displayName",
      person.job_title as "jobTitle", person.mail, history.manager_id as "managerId",
      ${accountUsableAt(sql`person.id`, at)} as "accountEnabled"
    from directory_user as person
    left join user_manager as history on history.user_id = person.id and history.valid_to is null
    where person.deleted_at is null and person.purged_at is null
      and ${condition}
    order by lower(person.user_principal_name)`.execute(db);
  return rows;
}

/** The users whose manager somebody is now. */
export async function loadReports(tx: Tx, managerId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select person.id from user_manager as history join directory_user as person on person.id = history.user_id
    where history.manager_id = ${managerId} and history.valid_to is null and person.deleted_at is null
    order by person.id`.execute(tx.db<unknown>());
  return rows.map((row) => row.id);
}
