import { isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Grant } from '../model.ts';
import { type GrantTables, loadGrant, markLeft } from '../store.ts';
import { recordGrant } from './record.ts';

/** Announces that a planned end has passed, unless the end was moved or came earlier. Access ended without this. */
export async function announceExpiry(tx: Tx, grantId: string): Promise<void> {
  const grant = await loadGrant(tx.db<GrantTables>(), grantId);
  if (grant === null || (await announceLeft(tx, grant))) return;
  if (grant.endsAt === null || isBefore(tx.now, grant.endsAt)) return;
  if (grant.endedAt !== null && !isBefore(grant.endsAt, grant.endedAt)) return;
  await recordGrant(tx, grant, 'expired', {});
}

/** Announces that an early end has come which had been said beforehand. False if there is none to announce. */
async function announceLeft(tx: Tx, grant: Grant): Promise<boolean> {
  if (grant.endedAt === null || isBefore(tx.now, grant.endedAt)) return false;
  if (!(await markLeft(tx.db<GrantTables>(), grant.id))) return false;
  await recordGrant(tx, grant, 'ended', { endReason: 'left', endedAt: grant.endedAt.toString() });
  return true;
}
