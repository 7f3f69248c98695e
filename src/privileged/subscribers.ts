import { grantEvent, type PrivilegeKind } from '../grants/index.ts';
import type { Subscriber } from '../platform/transaction.ts';
import { activationEvent } from './activities.ts';
import { ensureGroupPolicies, ensureRolePolicies } from './policy/operations.ts';

const kinds: readonly PrivilegeKind[] = ['role', 'group-member', 'group-owner'];

/** Tells of an activation's planned end in PIM's words too, when the ledger tells of it in its own. */
function tellExpiry(kind: PrivilegeKind): Subscriber {
  return async (tx, event) => {
    const { origin } = event.data as { origin?: { kind?: string } };
    if (origin?.kind !== 'activation') return;
    await tx.record({
      type: activationEvent(kind, 'expired'),
      subject: event.subject,
      correlation: event.correlation,
      targets: event.targets.toReversed(),
      data: event.data,
    });
  };
}

/** What the second door does in the transaction of other capabilities' events. */
export const privilegedSubscribers: ReadonlyMap<string, readonly Subscriber[]> = new Map<string, readonly Subscriber[]>(
  [
    ['organization.created', [(tx) => ensureRolePolicies(tx)]],
    ['group.created', [(tx, event) => ensureGroupPolicies(tx, event.subject)]],
    ...kinds.map(
      (kind) =>
        [
          grantEvent({ privilege: { kind, id: '', scope: '/' }, mode: 'active' }, 'expired'),
          [tellExpiry(kind)],
        ] as const,
    ),
  ],
);
