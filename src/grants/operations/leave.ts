import type { Id } from '../../kernel/ids.ts';
import { earliest, type Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Grant, Link } from '../model.ts';
import { type GrantTables, loadGrant, loadHanging, loadLinks, planEarlyEnd } from '../store.ts';
import { keepingAnAdministrator } from './end.ts';
import { recordGrant } from './record.ts';

/**
 * Says when something that grants hang on will end early (null: it will not any more), and so when they will: what a
 * package gave, while its assignment runs out. INVARIANT: an early end may be said beforehand, moved and taken back
 * only while it lies ahead; it is `ended_at` like any other, so that access ends at it though nobody is awake.
 * Refuses with `LastGlobalAdministrator` (400) where nobody would be left.
 */
export async function planEndOfHanging(tx: Tx, kind: Link['kind'], id: Id, at: Instant | null): Promise<void> {
  const hanging = await loadHanging(tx.db<GrantTables>(), kind, id, tx.now);
  const plan = async () => {
    for (const grant of hanging) await plannedTo(tx, grant, at);
  };
  await (at === null ? plan() : keepingAnAdministrator(tx, plan));
}

/** Lets a new grant end no later than the grants that it hangs on will. */
export async function inheritEarlyEnd(tx: Tx, grant: Grant, links: readonly Link[]): Promise<void> {
  if (links.some(({ kind }) => kind === 'grant')) await plannedTo(tx, grant, await endOfLinks(tx, grant.id));
}

async function plannedTo(tx: Tx, grant: Grant, at: Instant | null): Promise<void> {
  const isSame = at === null ? grant.endedAt === null : grant.endedAt !== null && at.equals(grant.endedAt);
  if (isSame) return;
  await planEarlyEnd(tx.db<GrantTables>(), grant.id, at);
  if (at !== null) await tx.schedule({ kind: 'grant.expired', subject: grant.id, at });
  await recordGrant(tx, grant, at === null ? 'staying' : 'leaving', { leavesAt: at?.toString() ?? null });
  for (const hanging of await loadHanging(tx.db<GrantTables>(), 'grant', grant.id, tx.now)) {
    await plannedTo(tx, hanging, await endOfLinks(tx, hanging.id));
  }
}

/** When the first of the grants that a grant hangs on will end early; null if none will. */
async function endOfLinks(tx: Tx, id: Id): Promise<Instant | null> {
  const ends: (Instant | null)[] = [];
  for (const link of await loadLinks(tx.db<GrantTables>(), id)) {
    if (link.kind === 'grant') ends.push((await loadGrant(tx.db<GrantTables>(), link.id))?.endedAt ?? null);
  }
  return earliest(...ends);
}
