import type { Relation } from '../../../access/index.ts';
import { giveGrant } from '../../../grants/index.ts';
import { isCaller } from '../../../kernel/caller.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadLostPlaces } from '../store.ts';

/**
 * Gives back, as new grants, the places in groups that were assigned by hand and ended when an object was deleted.
 * Of a user, places in role-assignable groups stay gone, and of every object its roles and eligibilities: a restore
 * must not bring back privileges that nobody looks at. What packages gave is asked for again.
 */
export async function restorePlaces(
  tx: Tx,
  of: { id: Id; kind: 'user' | 'group'; deletedAt: Instant },
  correlation: Id,
) {
  for (const place of await loadLostPlaces(tx, of)) {
    await giveGrant(tx, {
      principal: { kind: place.principalKind, id: place.principalId },
      privilege: { kind: place.privilegeKind, id: place.groupId, scope: '/' },
      mode: 'active',
      window: { from: tx.now, until: place.endsAt },
      origin: { kind: 'assigned', id: place.groupId },
      correlation,
    });
  }
}

/** `groupOwner` if the caller owned a group until it was deleted: then they may restore it. */
export async function lostOwnership(tx: Tx, groupId: Id, deletedAt: Instant): Promise<Relation[]> {
  const places = await loadLostPlaces(tx, { id: groupId, kind: 'group', deletedAt });
  const owned = places.some(
    (place) =>
      place.groupId === groupId && place.privilegeKind === 'group-owner' && isCaller(tx.caller, place.principalId),
  );
  return owned ? ['groupOwner'] : [];
}
