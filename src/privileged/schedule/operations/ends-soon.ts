import { grantById, isLive } from '../../../grants/index.ts';
import { marksBefore, parseInstant } from '../../../kernel/time.ts';
import type { StoredEvent } from '../../../platform/events.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { assignmentEvent } from '../../activities.ts';

/** Entra: PIM tells within 14 days of the end, and the day before. */
const days = [14, 1];

/** Plans to tell of the end of what an administrator gave, when the ledger tells of that end. */
export async function planEndsSoon(tx: Tx, event: StoredEvent): Promise<void> {
  const { origin, endsAt } = event.data as { origin?: { kind?: string }; endsAt?: string | null };
  const end = origin?.kind === 'assigned' && endsAt ? parseInstant(endsAt) : null;
  if (end === null) return;
  for (const at of marksBefore(end, days, tx.now)) {
    await tx.schedule({ kind: 'privilege.endsSoon', subject: `${event.subject} ${end}`, at });
  }
}

/** Tells that an eligibility or an active assignment ends soon, unless its end has been moved or has come. */
export async function announceEndsSoon(tx: Tx, subject: string): Promise<void> {
  const [id = '', endsAt] = subject.split(' ');
  const grant = await grantById(tx, id);
  if (grant === null || !isLive(grant, tx.now) || grant.endedAt !== null || grant.endsAt?.toString() !== endsAt) return;
  const { privilege, principal, mode } = grant;
  await tx.record({
    type: assignmentEvent(privilege.kind, mode, 'endsSoon'),
    subject: grant.id,
    correlation: grant.correlation,
    targets: [
      { id: privilege.id, type: privilege.kind === 'role' ? 'Role' : 'Group' },
      { id: principal.id, type: principal.kind === 'user' ? 'User' : 'Group' },
    ],
    data: {
      privilegeKind: privilege.kind,
      privilegeId: privilege.id,
      mode,
      principalKind: principal.kind,
      principalId: principal.id,
      endsAt,
    },
  });
}
