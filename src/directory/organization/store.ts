import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';

/** The tenant. */
export interface Organization {
  readonly id: Id;
  readonly displayName: string;
  readonly verifiedDomains: readonly string[];
}

/** The tenant; null before it was initialised. */
export async function loadOrganization(tx: Tx): Promise<Organization | null> {
  const { rows } = await sql<Organization>`
    select id, display_name as "displayName", verified_domains as "verifiedDomains" from organization`.execute(
    tx.db<unknown>(),
  );
  return rows[0] ?? null;
}

/** Whether the tenant has begun. */
export async function hasOrganization(db: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql`select 1 from organization`.execute(db);
  return rows.length > 0;
}

export async function insertOrganization(tx: Tx, organization: Organization): Promise<void> {
  await sql`insert into organization (id, display_name, verified_domains, created_at)
    values (${organization.id}, ${organization.displayName}, ${organization.verifiedDomains}, ${tx.now})`.execute(
    tx.db<unknown>(),
  );
}

export async function insertServicePrincipal(
  tx: Tx,
  app: { readonly id: Id; readonly appId: Id; readonly displayName: string },
): Promise<void> {
  await sql`insert into service_principal (id, app_id, display_name, created_at)
    values (${app.id}, ${app.appId}, ${app.displayName}, ${tx.now})`.execute(tx.db<unknown>());
}

/** Gives a service principal another name. */
export async function rename(tx: Tx, id: Id, displayName: string): Promise<void> {
  await sql`update service_principal set display_name = ${displayName} where id = ${id}`.execute(tx.db<unknown>());
}

/** Takes a service principal out of sight for good. */
export async function markDeleted(tx: Tx, id: Id): Promise<void> {
  await sql`update service_principal set deleted_at = ${tx.now} where id = ${id}`.execute(tx.db<unknown>());
}
