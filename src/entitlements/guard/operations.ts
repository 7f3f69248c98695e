import { enteredByOneself, leadsToPrivilege } from '../../directory/index.ts';
import { accountsOfPerson, refuseSelfGrant } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { Tx } from '../../platform/transaction.ts';
import { isGroupInCatalog } from '../catalog/store.ts';
import { loadContents } from '../package/store.ts';
import type { AssignmentPolicy } from '../policy/model.ts';
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

/** Whether a package leads to privileged roles: it gives a role, or a group that holds or can come to hold one. */
export async function isPrivileged(tx: Tx, packageId: Id): Promise<boolean> {
  for (const { originSystem, originId } of await loadContents(tx.db(), packageId)) {
    if (originSystem === 'DirectoryRole' || (await leadsToPrivilege(tx, originId))) return true;
  }
  return false;
}

/**
 * INVARIANT: nobody gives to themselves by writing the policy: who wrote the version that applies, by any account of
 * theirs, does not get by it what leads to privileged roles unless somebody else has to approve.
 * Refused with `SelfGrantNotAllowed` (403).
 */
export async function refuseOwnPolicy(
  tx: Tx,
  asked: {
    readonly policy: Pick<AssignmentPolicy, 'authorId' | 'packageId'>;
    readonly stages: readonly unknown[];
    readonly targetId: Id;
  },
): Promise<void> {
  const { policy, stages, targetId } = asked;
  const { caller } = tx;
  if (stages.length > 0 || policy.authorId === null || caller.kind === 'system') return;
  const accounts = await accountsOfPerson(tx, policy.authorId);
  const isTheirs = [policy.authorId, ...accounts].some((id) => id === targetId || id === caller.id);
  if (isTheirs && (await isPrivileged(tx, policy.packageId))) {
    await refuseSelfGrant(tx, caller.id, { kind: 'package', id: policy.packageId });
  }
}
