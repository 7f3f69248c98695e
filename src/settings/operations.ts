import { type Id, newId } from '../kernel/ids.ts';
import { orRefuse } from '../kernel/outcome.ts';
import { parseDuration } from '../kernel/time.ts';
import type { Db, Tx } from '../platform/transaction.ts';
import { allowsSelfGrant, decideChange, type Settings } from './model.ts';
import { readSettings, readSettingsIn, readSettledBy, type SettingTables, writeSetting } from './store.ts';

/** The settings, read in the transaction that decides by them. */
export function loadSettings(tx: Tx): Promise<Settings> {
  return readSettings(tx.db<SettingTables>());
}

/** Whether `likeEntra` holds for somebody whose accounts are `own`, as `allowsSelfGrant` says. */
export async function isLikeEntraFor(tx: Tx, own: ReadonlySet<Id>): Promise<boolean> {
  const { likeEntra } = await loadSettings(tx);
  return likeEntra && allowsSelfGrant(likeEntra, await readSettledBy(tx.db<SettingTables>(), 'likeEntra'), own);
}

/** How long ago multifactor authentication may have been proven; null for as long as a sign-in lasts. */
export async function loadMfaFreshness(db: Db): Promise<Temporal.Duration | null> {
  const { mfaFreshness } = await readSettingsIn(db);
  return mfaFreshness === null ? null : parseDuration(mfaFreshness);
}

/** Changes some settings, for somebody whose accounts are `own`. Refuses as `decideChange` says. The event tells what they were before. */
export async function changeSettings(tx: Tx, wanted: Partial<Settings>, own: ReadonlySet<Id>): Promise<void> {
  const before = await loadSettings(tx);
  const changed = orRefuse(decideChange(before, wanted, own));
  if (changed.size === 0) return;
  for (const [name, value] of changed) {
    await writeSetting(tx.db<SettingTables>(), name, value, { at: tx.now, by: idOf(tx.caller) });
  }
  await tx.record({
    type: 'governance-settings.updated',
    subject: 'governance-settings',
    correlation: newId(),
    targets: [{ id: 'governance-settings', type: 'GovernanceSettings' }],
    data: Object.fromEntries([...changed].map(([name, after]) => [name, { before: before[name], after }])),
  });
}

function idOf(caller: Tx['caller']): Id | null {
  return caller.kind === 'system' ? null : caller.id;
}
