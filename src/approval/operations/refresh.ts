import type { StoredEvent } from '../../platform/events.ts';
import type { Subscriber, Tx } from '../../platform/transaction.ts';
import { type ApprovalTables, loadOpenApprovals } from '../store.ts';
import { type ApproverPorts, refreshApprovers } from './approvers.ts';
import { announceEscalation } from './escalate.ts';
import { present } from './present.ts';

/** Finds the approvers of all pending approvals anew, after something has changed that they follow from. */
export async function refreshOpenApprovals(
  tx: Tx,
  ports: ApproverPorts,
  cause: Pick<StoredEvent, 'type' | 'subject'> | null = null,
): Promise<void> {
  for (const id of await loadOpenApprovals(tx.db<ApprovalTables>(), tx.now)) {
    const approval = await present(tx, id);
    await announceEscalation(tx, approval);
    await refreshApprovers(tx, approval, ports, cause);
  }
}

/** Changes after which a pending stage may have other approvers. */
const changes = [
  'user.managerChanged',
  'linked-accounts.created',
  'linked-accounts.updated',
  'linked-accounts.deleted',
  'user.sponsorsChanged',
  'connected-organization.updated',
  'connected-organization.deleted',
  'connected-organization.internalSponsorAdded',
  'connected-organization.internalSponsorRemoved',
  'connected-organization.externalSponsorAdded',
  'connected-organization.externalSponsorRemoved',
  'user.sponsorsChanged',
  'user.disabled',
  'user.enabled',
  'user.deleted',
  'user.restored',
  'group.deleted',
  'group.restored',
  'group-member.active.given',
  'group-member.active.ended',
  'group-member.active.expired',
];

/**
 * Keeps the approvers of pending stages true in the very transaction of the change, so that a request never waits
 * for somebody who has gone while there is a fallback.
 */
export function approvalSubscribers(ports: ApproverPorts): ReadonlyMap<string, readonly Subscriber[]> {
  const refresh: Subscriber = (tx, event) => refreshOpenApprovals(tx, ports, event);
  return new Map(changes.map((type) => [type, [refresh]]));
}
