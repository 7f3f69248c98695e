import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import builtInRoles from '../data/built-in-roles.json' with { type: 'json' };
import type { RoleFacts } from './decisions.ts';
import type { RoleDefinition } from './model.ts';

const columns = sql`id, display_name as "displayName", description, is_built_in as "isBuiltIn",
  is_enabled as "isEnabled", is_privileged as "isPrivileged", template_id as "templateId", version, actions`;

/** SQL: a table expression `(id, display_name, is_privileged)` of all directory roles. */
export const roleNames: RawBuilder<unknown> = sql`(select id, display_name, is_privileged from role_definition)`;

/** A directory role by its id; null if there is none, or none any more. */
export async function loadRole(tx: Tx, id: Id): Promise<RoleDefinition | null> {
  const { rows } = await sql<RoleDefinition>`select ${columns} from role_definition
    where id = ${id}::uuid and deleted_at is null`.execute(tx.db<unknown>());
  return rows[0] ?? null;
}

/** The ids of all directory roles. */
export async function loadRoleIds(tx: Tx): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from role_definition where deleted_at is null order by id`.execute(
    tx.db<unknown>(),
  );
  return rows.map((row) => row.id);
}

/** What a custom role could be taken for, and how many there are. */
export async function loadRoleFacts(tx: Tx, role: RoleDefinition, isNew: boolean): Promise<RoleFacts> {
  const alike = await sql<RoleFacts['alike'][number]>`
    select id, display_name as "displayName", template_id as "templateId" from role_definition
    where id <> ${role.id} and deleted_at is null and (lower(display_name) = lower(${role.displayName})
      or id = ${role.templateId}::uuid or template_id = ${role.templateId}::uuid)`.execute(tx.db<unknown>());
  if (!isNew) return { alike: alike.rows, others: null };
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from role_definition where not is_built_in and deleted_at is null`.execute(
    tx.db<unknown>(),
  );
  return { alike: alike.rows, others: rows[0]?.count ?? 0 };
}

/** Writes the built-in roles, or brings them to what this version knows. */
export async function saveBuiltInRoles(tx: Tx): Promise<void> {
  await sql`insert into role_definition (id, display_name, description, is_privileged)
    select * from jsonb_to_recordset(${JSON.stringify(builtInRoles)}::jsonb)
      as role("templateId" uuid, "displayName" text, description text, "isPrivileged" boolean)
    on conflict (id) do update set display_name = excluded.display_name, description = excluded.description,
      is_privileged = excluded.is_privileged`.execute(tx.db<unknown>());
}

/** Writes a custom role as it is from now on. */
export async function saveCustomRole(tx: Tx, role: RoleDefinition): Promise<void> {
  await sql`insert into role_definition (id, display_name, description, is_privileged, is_built_in, is_enabled,
      template_id, version, actions)
    values (${role.id}, ${role.displayName}, ${role.description}, ${role.isPrivileged}, false, ${role.isEnabled},
      ${role.templateId}, ${role.version}, ${JSON.stringify(role.actions)}::jsonb)
    on conflict (id) do update set display_name = excluded.display_name, description = excluded.description,
      is_enabled = excluded.is_enabled, template_id = excluded.template_id, version = excluded.version,
      actions = excluded.actions`.execute(tx.db<unknown>());
}

/** Deletes a custom role; its row stays for the record. */
export async function markRoleDeleted(tx: Tx, id: Id): Promise<void> {
  await sql`update role_definition set deleted_at = ${tx.now} where id = ${id}`.execute(tx.db<unknown>());
}

/** Switches a role on for the legacy collection of directory roles; false if it was on already. */
export async function markRoleActivated(tx: Tx, id: Id): Promise<boolean> {
  const { rows } = await sql`update role_definition set activated_at = ${tx.now}
    where id = ${id} and activated_at is null returning id`.execute(tx.db<unknown>());
  return rows.length > 0;
}
