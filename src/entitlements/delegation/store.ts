import type { Kysely } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { EntitlementRole, ResourceAction } from './model.ts';

interface RoleRow {
  id: Id;
  display_name: string;
  description: string | null;
  is_built_in: boolean;
  is_enabled: boolean;
  template_id: string;
  version: string;
  actions: ResourceAction[];
  valid_from: Instant;
  valid_to: Instant | null;
}

/** The table of roles of entitlement management. */
export interface RoleTables {
  entitlement_role_definition: RoleRow;
}

type Db = Kysely<RoleTables>;

/** Writes the version of a role that is in force from its modification on. */
export async function saveRole(db: Db, role: EntitlementRole): Promise<void> {
  await closeRole(db, role.id, role.modifiedAt);
  const columns = {
    display_name: role.displayName,
    description: role.description,
    is_built_in: role.isBuiltIn,
    is_enabled: role.isEnabled,
    template_id: role.templateId,
    version: role.version,
    actions: JSON.stringify(role.actions) as never,
    valid_to: null,
  };
  await db
    .insertInto('entitlement_role_definition')
    .values({ id: role.id, valid_from: role.modifiedAt, ...columns })
    // Changed twice at the same instant: a clock may stand still.
    .onConflict((again) => again.columns(['id', 'valid_from']).doUpdateSet(columns))
    .execute();
}

/** Ends a role. */
export async function closeRole(db: Db, id: Id, at: Instant): Promise<void> {
  await db
    .updateTable('entitlement_role_definition')
    .set({ valid_to: at })
    .where('id', '=', id)
    .where('valid_to', 'is', null)
    .execute();
}

/** A role that there is now; null if there is none. */
export async function loadEntitlementRole(db: Db, id: Id): Promise<EntitlementRole | null> {
  const [one] = await loadEntitlementRoles(db, [id]);
  return one ?? null;
}

/** Those of some roles that there are now. */
export async function loadEntitlementRoles(db: Db, ids: readonly Id[]): Promise<EntitlementRole[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('entitlement_role_definition')
    .selectAll()
    .where('id', 'in', ids)
    .where('valid_to', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    displayName: row.display_name,
    description: row.description,
    isBuiltIn: row.is_built_in,
    isEnabled: row.is_enabled,
    templateId: row.template_id,
    version: row.version,
    actions: row.actions,
    modifiedAt: row.valid_from,
  }));
}
