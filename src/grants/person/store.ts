import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Db, Tx } from '../../platform/transaction.ts';
import type { AccountWindow } from './model.ts';

interface LinkedAccountRow {
  person_id: Id;
  account_id: Id;
  linked_by: Id | null;
  valid_from: Instant;
  valid_to: Instant | null;
}

/** The table of linked accounts. */
export interface PersonTables {
  linked_account: LinkedAccountRow;
}

/** SQL: a table expression `(person_id, account_id, valid_from)` of the links that hold. */
export const linksNow: RawBuilder<unknown> = sql`(select linked.person_id, linked.account_id, linked.valid_from
  from linked_account as linked where linked.valid_to is null)`;

/**
 * The windows that tie an account to others, those included that tie these to yet others. Windows that held at any
 * instant since one are counted: who was one human when something began is so to its end.
 */
export async function loadWindows(db: Db, accountId: Id, since: Instant): Promise<AccountWindow[]> {
  const held = (alias: string) =>
    sql`(${sql.ref(`${alias}.valid_to`)} is null or ${sql.ref(`${alias}.valid_to`)} > ${since}::timestamptz)`;
  const { rows } = await sql<AccountWindow>`
    with recursive together(person_id, account_id) as (
      select own.person_id, own.account_id from linked_account as own
      where own.account_id = ${accountId}::uuid and ${held('own')}
      union
      select other.person_id, other.account_id from together join linked_account as other
        on (other.person_id = together.person_id or other.account_id = together.account_id) and ${held('other')}
    ) select person_id as "personId", account_id as "accountId" from together`.execute(db);
  return rows;
}

/** The links of a person, and those that other people have to these accounts. */
export async function loadLinks(db: Db, personId: Id, accountIds: readonly Id[]): Promise<AccountWindow[]> {
  const { rows } = await sql<AccountWindow>`
    select person_id as "personId", account_id as "accountId" from linked_account
    where valid_to is null and (person_id = ${personId}::uuid or account_id = any(${[...accountIds]}::uuid[]))
    order by account_id`.execute(db);
  return rows;
}

/** Makes the accounts of a person these, from now on. */
export async function saveLinks(tx: Tx, personId: Id, accountIds: readonly Id[]): Promise<void> {
  const tables = tx.db<PersonTables>();
  const at = tx.now;
  const by = tx.caller.kind === 'system' ? null : tx.caller.id;
  let closing = tables
    .updateTable('linked_account')
    .set({ valid_to: at })
    .where('person_id', '=', personId)
    .where('valid_to', 'is', null);
  if (accountIds.length > 0) closing = closing.where('account_id', 'not in', accountIds);
  await closing.execute();
  const there = new Set((await loadLinks(tx.db<unknown>(), personId, [])).map((link) => link.accountId));
  for (const accountId of accountIds.filter((id) => !there.has(id))) {
    await tables
      .insertInto('linked_account')
      .values({ person_id: personId, account_id: accountId, linked_by: by, valid_from: at, valid_to: null })
      // Taken out and put back at the same instant: a clock may stand still.
      .onConflict((again) =>
        again.columns(['person_id', 'account_id', 'valid_from']).doUpdateSet({ linked_by: by, valid_to: null }),
      )
      .execute();
  }
}

/** Whether a group reaches one of these accounts: they are or may become, or will be, its members or owners. */
export async function groupReaches(db: Db, groupId: Id, accountIds: readonly Id[], at: Instant): Promise<boolean> {
  const { rows } = await sql`
    with recursive places(group_id) as (
      select own.privilege_id from "grant" as own
      where own.principal_id = any(${[...accountIds]}::uuid[]) and own.privilege_kind <> 'role'
        and coalesce(least(own.ends_at, own.ended_at) > ${at}::timestamptz, true)
      union
      select up.privilege_id from places join "grant" as up on up.principal_id = places.group_id
      where up.privilege_kind <> 'role' and coalesce(least(up.ends_at, up.ended_at) > ${at}::timestamptz, true)
    ) select 1 from places where group_id = ${groupId}::uuid limit 1`.execute(db);
  return rows.length > 0;
}
