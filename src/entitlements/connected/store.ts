import type { Kysely } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ConnectedOrganization, IdentitySource } from './model.ts';

/** Sponsors of an organization: people of ours, or of theirs. */
export type Side = 'internal' | 'external';

/** Somebody, or everybody in a group, who speaks for an organization. */
export interface OrganizationSponsor {
  readonly id: Id;
  readonly kind: 'user' | 'group';
}

/** The tables of connected organizations. */
export interface ConnectedTables {
  connected_organization: {
    id: Id;
    display_name: string;
    description: string | null;
    state: ConnectedOrganization['state'];
    identity_sources: IdentitySource[];
    created_at: Instant;
    valid_from: Instant;
    valid_to: Instant | null;
  };
  connected_organization_sponsor: {
    organization_id: Id;
    side: Side;
    sponsor_id: Id;
    sponsor_kind: OrganizationSponsor['kind'];
    valid_from: Instant;
    valid_to: Instant | null;
  };
}

type Db = Kysely<ConnectedTables>;

/** Writes the version of an organization that is in force from its modification on. */
export async function saveOrganization(db: Db, organization: ConnectedOrganization): Promise<void> {
  await closeOrganization(db, organization.id, organization.modifiedAt);
  const columns = {
    display_name: organization.displayName,
    description: organization.description,
    state: organization.state,
    identity_sources: JSON.stringify(organization.identitySources) as never,
    created_at: organization.createdAt,
    valid_to: null,
  };
  await db
    .insertInto('connected_organization')
    .values({ id: organization.id, valid_from: organization.modifiedAt, ...columns })
    // Changed twice at the same instant: a clock may stand still.
    .onConflict((again) => again.columns(['id', 'valid_from']).doUpdateSet(columns))
    .execute();
}

/** Ends an organization. */
export async function closeOrganization(db: Db, id: Id, at: Instant): Promise<void> {
  await db
    .updateTable('connected_organization')
    .set({ valid_to: at })
    .where('id', '=', id)
    .where('valid_to', 'is', null)
    .execute();
}

/** The organizations that there are now, the oldest first. */
export async function loadOrganizations(db: Db): Promise<ConnectedOrganization[]> {
  const rows = await db
    .selectFrom('connected_organization')
    .selectAll()
    .where('valid_to', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    displayName: row.display_name,
    description: row.description,
    state: row.state,
    identitySources: row.identity_sources,
    createdAt: row.created_at,
    modifiedAt: row.valid_from,
  }));
}

/** An organization that there is now; null if there is none. */
export async function loadOrganization(db: Db, id: Id): Promise<ConnectedOrganization | null> {
  return (await loadOrganizations(db)).find((one) => one.id === id) ?? null;
}

/** The sponsors of an organization now, of one side. */
export async function loadOrganizationSponsors(db: Db, id: Id, side: Side): Promise<OrganizationSponsor[]> {
  const rows = await db
    .selectFrom('connected_organization_sponsor')
    .select(['sponsor_id', 'sponsor_kind'])
    .where('organization_id', '=', id)
    .where('side', '=', side)
    .where('valid_to', 'is', null)
    .orderBy('sponsor_id')
    .execute();
  return rows.map((row) => ({ id: row.sponsor_id, kind: row.sponsor_kind }));
}

export async function insertOrganizationSponsor(
  db: Db,
  id: Id,
  side: Side,
  sponsor: OrganizationSponsor,
  at: Instant,
): Promise<void> {
  await db
    .insertInto('connected_organization_sponsor')
    .values({
      organization_id: id,
      side,
      sponsor_id: sponsor.id,
      sponsor_kind: sponsor.kind,
      valid_from: at,
      valid_to: null,
    })
    // Taken away and given back at one instant: a clock may stand still.
    .onConflict((again) =>
      again.columns(['organization_id', 'side', 'sponsor_id', 'valid_from']).doUpdateSet({ valid_to: null }),
    )
    .execute();
}

export async function closeOrganizationSponsor(db: Db, id: Id, side: Side, sponsorId: Id, at: Instant): Promise<void> {
  await db
    .updateTable('connected_organization_sponsor')
    .set({ valid_to: at })
    .where('organization_id', '=', id)
    .where('side', '=', side)
    .where('sponsor_id', '=', sponsorId)
    .where('valid_to', 'is', null)
    .execute();
}
