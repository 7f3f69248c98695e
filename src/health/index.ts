import type { GraphFace } from '../graph/declaration.ts';
import type { Activities } from '../kernel/event.ts';
import type { Runtime } from '../platform/transaction.ts';
import { findingRoutes } from './routes.ts';

export const healthActivities: Activities = {
  // Reads leave events only where they are refused.
  'findings.read': { name: 'Read findings', category: 'Other', service: 'Sallyport', operation: 'Read' },
};

/** What is wrong, over both doors, under `/sallyport/`. */
export function ownHealth(runtime: Runtime): GraphFace {
  return { sets: [], mounts: {}, operations: findingRoutes(runtime) };
}
