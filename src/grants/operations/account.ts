import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type GrantTables, saveAccount } from '../store.ts';
import { endGrants, keepingAnAdministrator } from './end.ts';
import { openGrants } from './read.ts';

/**
 * Opens or shuts an account. Shutting it ends what was activated; the rest waits, without effect.
 * Refuses with `LastGlobalAdministrator` (400) where nobody would be left.
 */
export async function setAccount(tx: Tx, principal: Id, enabled: boolean): Promise<void> {
  const save = () => saveAccount(tx.db<GrantTables>(), principal, enabled, tx.now);
  if (enabled) return save();
  await keepingAnAdministrator(tx, save);
  const activated = await openGrants(tx, { principal, origin: { kind: 'activation' } });
  await endGrants(tx, activated, 'account-disabled');
}
