import { graphFaces } from '../../src/capabilities.ts';
import { createRegistry, type Registry } from '../../src/graph/registry.ts';
import type { Runtime } from '../../src/platform/transaction.ts';

/** What Graph is here, by the declarations alone: nothing of it is run. */
export function declaredRegistry(): Registry {
  return createRegistry(graphFaces({} as Runtime, ''));
}
