import { sql } from 'kysely';
import { ledger } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A place in a group that ended because the group or the principal was deleted. */
export interface LostPlace {
  readonly principalKind: 'user' | 'group' | 'app';
  readonly principalId: Id;
  readonly privilegeKind: 'group-member' | 'group-owner';
  readonly groupId: Id;
  readonly endsAt: Instant | null;
}

/**
 * The places that were assigned by hand and ended when an object was deleted, as far as both ends are still there.
 * Of a user, those in role-assignable groups are left out.
 */
export async function loadLostPlaces(
  tx: Tx,
  of: { readonly id: Id; readonly kind: 'user' | 'group'; readonly deletedAt: Instant },
): Promise<LostPlace[]> {
  const side =
    of.kind === 'user' ? sql`lost.principal_id = ${of.id}` : sql`${of.id} in (lost.principal_id, lost.privilege_id)`;
  const { rows } = await sql<LostPlace>`
    select distinct lost.principal_kind as "principalKind", lost.principal_id as "principalId",
      lost.privilege_kind as "privilegeKind", lost.privilege_id as "groupId", lost.ends_at as "endsAt"
    from ${ledger} as lost join directory_group as place on place.id = lost.privilege_id
    where ${side} and lost.privilege_kind in ('group-member', 'group-owner') and lost.mode = 'active'
      and lost.origin_kind = 'assigned' and lost.end_reason = 'deleted' and lost.ended_at = ${of.deletedAt}
      and lost.starts_at <= ${of.deletedAt} and coalesce(lost.ends_at > ${tx.now}, true)
      and place.deleted_at is null and (place.id = ${of.id} or not place.is_assignable_to_role)
      and (place.membership_rule is null or lost.privilege_kind = 'group-owner')
      and (lost.principal_id = ${of.id} or lost.principal_id in (
        select id from directory_user where deleted_at is null
        union all select id from directory_group where deleted_at is null
        union all select id from service_principal where deleted_at is null))
    order by lost.privilege_id, lost.principal_id`.execute(tx.db<unknown>());
  return rows;
}
