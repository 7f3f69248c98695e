import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import builtInRoles from '../data/built-in-roles.json' with { type: 'json' };
import type { RoleDefinition } from './model.ts';

/** A directory role by its template id; null if there is none. */
export async function loadRole(tx: Tx, id: Id): Promise<RoleDefinition | null> {
  const { rows } = await sql<RoleDefinition>`
    select id, display_name as "displayName", description, is_privileged as "isPrivileged"
    from role_definition where id = ${id}::uuid`.execute(tx.db<unknown>());
  return rows[0] ?? null;
}

/** The template ids of all directory roles. */
export async function loadRoleIds(tx: Tx): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from role_definition order by id`.execute(tx.db<unknown>());
  return rows.map((row) => row.id);
}

/** Writes the built-in roles, or brings them to what this version knows. */
export async function saveBuiltInRoles(tx: Tx): Promise<void> {
  await sql`insert into role_definition (id, display_name, description, is_privileged)
    select * from jsonb_to_recordset(${JSON.stringify(builtInRoles)}::jsonb)
      as role("templateId" uuid, "displayName" text, description text, "isPrivileged" boolean)
    on conflict (id) do update set display_name = excluded.display_name, description = excluded.description,
      is_privileged = excluded.is_privileged`.execute(tx.db<unknown>());
}

/** Switches a role on for the legacy collection of directory roles; false if it was on already. */
export async function markRoleActivated(tx: Tx, id: Id): Promise<boolean> {
  const { rows } = await sql`update role_definition set activated_at = ${tx.now}
    where id = ${id} and activated_at is null returning id`.execute(tx.db<unknown>());
  return rows.length > 0;
}
