import type { AccessOperation } from '../access/index.ts';
import type { Operation } from '../graph/declaration.ts';
import { perform } from '../graph/perform.ts';
import type { Runtime, Tx } from '../platform/transaction.ts';
import { type SettingsBody, settingsBody } from './contract.ts';
import { changeSettings } from './operations.ts';

/** Refuses unless the caller may do the operation. Roles are grants, which stand above settings. */
export type Authorise = (tx: Tx, operation: AccessOperation) => Promise<void>;

/** `PATCH /sallyport/settings`. */
export function settingsRoutes(runtime: Runtime, authorise: Authorise): Operation[] {
  const change: Operation<SettingsBody> = {
    method: 'PATCH',
    path: '/settings',
    says: 'Changes the settings that are sent.',
    body: settingsBody,
    run: async (call) => {
      await perform(runtime, call, 'governance-settings.updated', 'governance-settings', async (tx) => {
        await authorise(tx, 'governanceSettings.update');
        const { breakGlassAccounts: accounts, ...rest } = call.body;
        const named = accounts === undefined ? {} : { breakGlassAccounts: accounts.map((id) => id.toLowerCase()) };
        await changeSettings(tx, { ...rest, ...named });
      });
      return { status: 200, read: { set: 'governanceSettings', id: 'settings' } };
    },
  };
  return [change] as Operation[];
}
