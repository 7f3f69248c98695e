import type { Subscriber } from '../platform/transaction.ts';
import { type ApproverPorts, refreshOpenApprovals } from './operations.ts';

/** Changes after which a pending stage may have other approvers. */
const changes = [
  'user.managerChanged',
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
  const refresh: Subscriber = (tx) => refreshOpenApprovals(tx, ports);
  return new Map(changes.map((type) => [type, [refresh]]));
}
