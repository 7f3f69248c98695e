import { roleIds } from '../../access/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import { isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { EndReason, Grant, Link } from '../model.ts';
import { closeGrant, type GrantTables, isHeldForGood, loadGrant, loadHanging } from '../store.ts';
import { recordGrant } from './record.ts';

/**
 * Ends grants now, and everything that hangs on them. Grants that have ended already are left as they are.
 * Gives the grants that this call ended. Refuses with `LastGlobalAdministrator` (400) where nobody would be left.
 */
export async function endGrants(tx: Tx, grants: readonly Grant[], reason: EndReason): Promise<Grant[]> {
  const mayMatter = grants.some(({ mode, privilege }) => mode === 'active' && privilege.kind !== 'group-owner');
  return mayMatter ? keepingAnAdministrator(tx, () => endAll(tx, grants, reason)) : endAll(tx, grants, reason);
}

async function endAll(tx: Tx, grants: readonly Grant[], reason: EndReason): Promise<Grant[]> {
  const ended: Grant[] = [];
  for (const { id } of grants) {
    const grant = await loadGrant(tx.db<GrantTables>(), id);
    if (grant === null || (grant.endedAt !== null && !isBefore(tx.now, grant.endedAt))) continue;
    if (grant.endsAt !== null && !isBefore(tx.now, grant.endsAt)) continue;
    await closeGrant(tx.db<GrantTables>(), id, tx.now, reason);
    await recordGrant(tx, grant, 'ended', { endReason: reason });
    const hanging = await loadHanging(tx.db<GrantTables>(), 'grant', id, tx.now);
    ended.push(grant, ...(await endAll(tx, hanging, 'link-ended')));
  }
  return ended;
}

/** Ends what hangs on something that is not a grant itself: a package assignment. */
export async function endHangingOn(tx: Tx, kind: Link['kind'], id: Id, reason: EndReason): Promise<Grant[]> {
  return endGrants(tx, await loadHanging(tx.db<GrantTables>(), kind, id, tx.now), reason);
}

/**
 * INVARIANT: where somebody holds Global Administrator for good, somebody still does after any removal: a tenant
 * without one can be repaired by nobody. (Entra refuses it too.)
 */
export async function keepingAnAdministrator<T>(tx: Tx, change: () => Promise<T>): Promise<T> {
  const somebody = () => isHeldForGood(tx.db<GrantTables>(), roleIds.globalAdministrator, tx.now);
  const before = await somebody();
  const changed = await change();
  if (before && !(await somebody())) {
    refuseNow(
      'invalid',
      'LastGlobalAdministrator',
      'Nobody would hold Global Administrator permanently any more. Assign it to another account first.',
    );
  }
  return changed;
}
