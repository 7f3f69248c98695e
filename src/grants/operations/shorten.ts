import { type Instant, isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Binding } from '../ending.ts';
import type { Grant } from '../model.ts';
import { type GrantTables, loadHanging, moveEnd } from '../store.ts';
import { endGrants } from './end.ts';
import { recordGrant } from './record.ts';

/**
 * Moves the planned end of a grant to an earlier instant that is yet to come, and caps all that hangs on it there.
 * What hangs on it and would only start later ends now. The past stays as it was: only what is to come is shortened.
 */
export async function shortenGrant(
  tx: Tx,
  grant: Grant,
  endsAt: Instant,
  binding: Binding = { by: 'requested' },
): Promise<void> {
  if (!isBefore(tx.now, endsAt) || (grant.endsAt !== null && !isBefore(endsAt, grant.endsAt))) {
    throw new Error('A grant is shortened to an instant between now and its end');
  }
  const db = tx.db<GrantTables>();
  if (grant.endsAt !== null) await tx.unschedule({ kind: 'grant.expired', subject: grant.id, at: grant.endsAt });
  await moveEnd(db, grant.id, endsAt, binding);
  await tx.schedule({ kind: 'grant.expired', subject: grant.id, at: endsAt });
  await recordGrant(tx, grant, 'shortened', { endsAt: endsAt.toString(), binding });
  for (const hanging of await loadHanging(db, 'grant', grant.id, tx.now)) {
    if (hanging.endsAt !== null && !isBefore(endsAt, hanging.endsAt)) continue;
    if (isBefore(hanging.startsAt, endsAt)) await shortenGrant(tx, hanging, endsAt, { by: 'link', id: grant.id });
    else await endGrants(tx, [hanging], 'link-ended');
  }
}
