import type { StoredEvent } from '../../platform/events.ts';
import type { Subscriber, Tx } from '../../platform/transaction.ts';
import { type ApprovalTables, type Change, loadOpenApprovals } from '../store.ts';
import { type ApproverPorts, refreshApprovers } from './approvers.ts';
import { announceEscalation } from './escalate.ts';
import { present } from './present.ts';

/** Finds the approvers of pending approvals anew that a change may matter to. */
export async function refreshOpenApprovals(
  tx: Tx,
  ports: ApproverPorts,
  cause: Pick<StoredEvent, 'type' | 'subject'> | null = null,
  change: Change = { is: 'anything' },
): Promise<void> {
  for (const id of await loadOpenApprovals(tx.db<ApprovalTables>(), tx.now, change)) {
    const approval = await present(tx, id);
    await announceEscalation(tx, approval);
    await refreshApprovers(tx, approval, ports, cause);
  }
}

type Followed = (tx: Tx, event: StoredEvent, ports: ApproverPorts) => Promise<Change>;

const anything: Followed = async () => ({ is: 'anything' });
const account: Followed = async (_tx, { subject }) => ({ is: 'account', id: subject });
const connected: Followed = async () => ({ is: 'connectedSponsors' });
/** Who is in a group is in those that it is in. */
const membership: Followed = async (tx, { data }, ports) => ({
  is: 'groups',
  ids: await ports.groupsAround(tx, String(data['privilegeId'])),
});
const group: Followed = async (tx, { subject }, ports) => ({
  is: 'groups',
  ids: await ports.groupsAround(tx, subject),
});

/** Changes after which a pending stage may have other approvers, and what they may matter to. */
const changes: Readonly<Record<string, Followed>> = {
  'user.managerChanged': async () => ({ is: 'managers' }),
  'user.sponsorsChanged': async (_tx, { subject }) => ({ is: 'sponsors', of: subject }),
  'user.disabled': account,
  'user.enabled': account,
  'user.deleted': account,
  'user.restored': account,
  'linked-accounts.created': anything,
  'linked-accounts.updated': anything,
  'linked-accounts.deleted': anything,
  'connected-organization.updated': connected,
  'connected-organization.deleted': connected,
  'connected-organization.internalSponsorAdded': connected,
  'connected-organization.internalSponsorRemoved': connected,
  'connected-organization.externalSponsorAdded': connected,
  'connected-organization.externalSponsorRemoved': connected,
  'group.deleted': group,
  'group.restored': group,
  'group-member.active.given': membership,
  'group-member.active.ended': membership,
  'group-member.active.expired': membership,
};

/**
 * Keeps the approvers of pending stages true in the very transaction of the change, so that a request never waits
 * for somebody who has gone while there is a fallback.
 */
export function approvalSubscribers(ports: ApproverPorts): ReadonlyMap<string, readonly Subscriber[]> {
  return new Map(
    Object.entries(changes).map(([type, followed]): [string, readonly Subscriber[]] => [
      type,
      [async (tx, event) => refreshOpenApprovals(tx, ports, event, await followed(tx, event, ports))],
    ]),
  );
}
