import type { GraphFace } from '../graph/declaration.ts';
import type { Activities } from '../kernel/event.ts';
import type { Runtime } from '../platform/transaction.ts';
import { governanceSettings } from './entity.ts';
import { type CallerPorts, settingsRoutes } from './routes.ts';

export type { ScopeLeaving, Settings } from './model.ts';
export { isLikeEntraFor, loadMfaFreshness, loadSettings } from './operations.ts';

export const settingsActivities: Activities = {
  'governance-settings.updated': {
    name: 'Update tenant setting',
    category: 'Policy',
    service: 'Sallyport',
    operation: 'Update',
  },
};

/** `/sallyport/settings`. The ports are functions of `grants`. */
export function ownSettings(runtime: Runtime, ports: CallerPorts): GraphFace {
  return {
    sets: [governanceSettings],
    mounts: { '/settings': { set: 'governanceSettings', key: 'settings' } },
    operations: settingsRoutes(runtime, ports),
  };
}
