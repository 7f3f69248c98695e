import { type Id, newId } from '../kernel/ids.ts';
import { orRefuse } from '../kernel/outcome.ts';
import type { Tx } from '../platform/transaction.ts';
import { decideChange, type Settings } from './model.ts';
import { readSettings, type SettingTables, writeSetting } from './store.ts';

/** The settings, read in the transaction that decides by them. */
export function loadSettings(tx: Tx): Promise<Settings> {
  return readSettings(tx.db<SettingTables>());
}

/** Changes some settings, for somebody whose accounts are `own`. Refuses as `decideChange` says. The event tells what they were before. */
export async function changeSettings(tx: Tx, wanted: Partial<Settings>, own: ReadonlySet<Id>): Promise<void> {
  const before = await loadSettings(tx);
  const changed = orRefuse(decideChange(before, wanted, own));
  if (changed.size === 0) return;
  for (const [name, value] of changed) await writeSetting(tx.db<SettingTables>(), name, value, tx.now);
  await tx.record({
    type: 'governance-settings.updated',
    subject: 'governance-settings',
    correlation: newId(),
    targets: [{ id: 'governance-settings', type: 'GovernanceSettings' }],
    data: Object.fromEntries([...changed].map(([name, after]) => [name, { before: before[name], after }])),
  });
}
