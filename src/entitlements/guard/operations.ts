import { enteredByOneself } from '../../directory/index.ts';
import { refuseSelfGrant } from '../../grants/index.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { Tx } from '../../platform/transaction.ts';
import { isGroupInCatalog } from '../catalog/store.ts';
import { loadAllPolicies } from '../policy/store.ts';
import { guardsEntry } from './model.ts';

/**
 * INVARIANT: nobody goes round a package: nobody puts themselves into a group that packages give, whose members approve
 * requests, or whose members get a package unasked.
 */
export async function guardEntry(tx: Tx, event: StoredEvent): Promise<void> {
  const groupIds = new Set(await enteredByOneself(tx, event));
  if (groupIds.size === 0) return;
  const isGuarded =
    (await isGroupInCatalog(tx.db(), [...groupIds])) ||
    (await loadAllPolicies(tx.db())).some((policy) => guardsEntry(policy, groupIds));
  if (!isGuarded) return;
  const { principalId, privilegeKind, privilegeId } = event.data as Record<string, string>;
  await refuseSelfGrant(tx, principalId ?? '', { kind: privilegeKind ?? '', id: privilegeId ?? '' });
}
