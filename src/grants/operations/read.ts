import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Grant, isLive, type Mode, type Path, type PrivilegeKind } from '../model.ts';
import {
  type GrantQuery,
  type GrantTables,
  loadExpiredGrants,
  loadGrant,
  loadOpenGrants,
  loadPaths,
  loadStay,
} from '../store.ts';

/** The grants that have not ended: in force, or yet to start. */
export function openGrants(tx: Tx, query: GrantQuery): Promise<Grant[]> {
  return loadOpenGrants(tx.db<GrantTables>(), query, tx.now);
}

/** The grants whose planned end has passed since an instant, the latest first; none that were ended early. */
export function expiredGrants(tx: Tx, query: GrantQuery, since: Instant): Promise<Grant[]> {
  return loadExpiredGrants(tx.db<GrantTables>(), query, since, tx.now);
}

/** The grants in force now. */
export async function liveGrants(tx: Tx, query: GrantQuery): Promise<Grant[]> {
  return (await openGrants(tx, query)).filter((grant) => isLive(grant, tx.now));
}

/** One row of the ledger, whatever its state; null if there is none. */
export function grantById(tx: Tx, id: Id): Promise<Grant | null> {
  return loadGrant(tx.db<GrantTables>(), id);
}

/**
 * Until when a principal is an active member of a group, nested or not, whatever the state of its account: null for
 * ever, undefined if it is none now.
 */
export function stayIn(tx: Tx, principal: Id, group: Id): Promise<Instant | null | undefined> {
  return loadStay(tx.db<unknown>(), principal, group, tx.now);
}

/** The ways in force now from a principal to grants of one mode, the longest-lived first. */
export function pathsTo(
  tx: Tx,
  principal: Id,
  of: { mode: Mode; kind?: PrivilegeKind; privilege?: Id },
): Promise<Path[]> {
  return loadPaths(tx.db<unknown>(), principal, tx.now, of);
}
