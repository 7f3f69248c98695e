import type { Stage } from '../app.ts';
import { realClock } from '../platform/clock.ts';

/** The stage of a server that governs for real: real time, and nothing beside the API. */
export function serveStage(): Stage {
  return {
    kind: 'serve',
    openClock: async () => realClock,
    async prepare() {},
    routes: () => [],
  };
}
