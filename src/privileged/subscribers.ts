import { enteredByOneself, entering } from '../directory/index.ts';
import { grantEvent, type Mode, type PrivilegeKind, refuseSelfGrant } from '../grants/index.ts';
import type { StoredEvent } from '../platform/events.ts';
import { joined, type Subscriber, type Subscribers, type Tx } from '../platform/transaction.ts';
import { activationEvent } from './activities.ts';
import { ensureGroupPolicies, ensureRolePolicies } from './policy/operations.ts';
import { isGuardedByPim } from './policy/store.ts';
import { planEndsSoon } from './schedule/operations/ends-soon.ts';
import { beginWeek } from './week/operations.ts';

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

/**
 * INVARIANT: nobody goes round PIM: nobody puts themselves into a group that it manages, or whose members approve
 * activations.
 */
async function guardEntry(tx: Tx, event: StoredEvent): Promise<void> {
  const groupIds = await enteredByOneself(tx, event);
  if (groupIds.length === 0 || !(await isGuardedByPim(tx, groupIds))) return;
  const { principalId, privilegeKind, privilegeId } = event.data as Record<string, string>;
  await refuseSelfGrant(tx, principalId ?? '', { kind: privilegeKind ?? '', id: privilegeId ?? '' });
}

/** Nobody goes round PIM. */
const guards: Subscribers = new Map(entering.map((type) => [type, [guardEntry]]));

const policies: Subscribers = new Map<string, readonly Subscriber[]>([
  ['organization.created', [(tx) => ensureRolePolicies(tx)]],
  ['role-definition.created', [(tx) => ensureRolePolicies(tx)]],
  ['group.created', [(tx, event) => ensureGroupPolicies(tx, event.subject)]],
]);

const ofKind = (kind: PrivilegeKind, mode: Mode) => ({ privilege: { kind, id: '', scope: '/' }, mode }) as const;

/** What is told of an end, when it is set and when it has come. */
const ends: Subscribers = new Map<string, readonly Subscriber[]>([
  ...kinds.map((kind): [string, readonly Subscriber[]] => [
    grantEvent(ofKind(kind, 'active'), 'expired'),
    [tellExpiry(kind)],
  ]),
  ...kinds.flatMap((kind) =>
    (['eligible', 'active'] as const).flatMap((mode) =>
      (['given', 'extended', 'shortened'] as const).map((happening): [string, readonly Subscriber[]] => [
        grantEvent(ofKind(kind, mode), happening),
        [planEndsSoon],
      ]),
    ),
  ),
]);

/** What a week is told of. */
const weeks: Subscribers = new Map(
  kinds.flatMap((kind) =>
    (['eligible', 'active'] as const).flatMap((mode) =>
      (['given', 'ended', 'expired'] as const).map((happening): [string, readonly Subscriber[]] => [
        grantEvent(ofKind(kind, mode), happening),
        [beginWeek],
      ]),
    ),
  ),
);

/** What the second door does in the transaction of other capabilities' events. */
export const privilegedSubscribers: Subscribers = joined(guards, policies, ends, weeks);
