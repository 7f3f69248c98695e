import type { AccessOperation } from '../access/index.ts';
import type { Operation } from '../graph/declaration.ts';
import { perform } from '../graph/perform.ts';
import type { Id } from '../kernel/ids.ts';
import type { Runtime, Tx } from '../platform/transaction.ts';
import { type SettingsBody, settingsBody } from './contract.ts';
import { changeSettings } from './operations.ts';

/** What is known above settings: roles are grants, and so are the accounts that are one human's. */
export interface CallerPorts {
  /** Refuses unless the caller may do the operation. */
  authorise(tx: Tx, operation: AccessOperation): Promise<void>;
  /** All accounts of the human who calls. */
  accountsOfCaller(tx: Tx): Promise<ReadonlySet<Id>>;
}

/** `PATCH /sallyport/settings`. */
export function settingsRoutes(runtime: Runtime, ports: CallerPorts): Operation[] {
  const change: Operation<SettingsBody> = {
    method: 'PATCH',
    path: '/settings',
    says: 'Changes the settings that are sent.',
    body: settingsBody,
    run: async (call) => {
      await perform(runtime, call, 'governance-settings.updated', 'governance-settings', async (tx) => {
        await ports.authorise(tx, 'governanceSettings.update');
        const { breakGlassAccounts: accounts, ...rest } = call.body;
        const named = accounts === undefined ? {} : { breakGlassAccounts: accounts.map((id) => id.toLowerCase()) };
        await changeSettings(tx, { ...rest, ...named }, await ports.accountsOfCaller(tx));
      });
      return { status: 200, read: { set: 'governanceSettings', id: 'settings' } };
    },
  };
  return [change] as Operation[];
}
