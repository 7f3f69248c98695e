import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { ResourceRoleKind } from '../catalog/model.ts';

/** A package and what it gives. */
export interface Offer {
  readonly id: Id;
  readonly displayName: string;
  readonly catalogId: Id;
  /** Whether its catalog is published. */
  readonly isPublished: boolean;
  readonly gifts: readonly { readonly kind: ResourceRoleKind; readonly originId: Id; readonly displayName: string }[];
}

/** All packages that are not deleted, with what they give now. */
export async function loadOffers(db: Kysely<unknown>): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    select package.id, package.display_name as "displayName", catalog.id as "catalogId", catalog.state = 'published' as "isPublished",
      coalesce((select jsonb_agg(jsonb_build_object('kind', role.kind, 'originId', resource.origin_id,
          'displayName', resource.display_name) order by gives.created_at, gives.id)
        from package_role_scope as gives
        join catalog_resource_role as role on role.id = gives.role_id
        join catalog_resource as resource on resource.id = role.resource_id
        where gives.package_id = package.id and gives.removed_at is null), '[]'::jsonb) as gifts
    from access_package as package join catalog on catalog.id = package.catalog_id
    where package.deleted_at is null order by package.display_name, package.id`.execute(db);
  return rows;
}
