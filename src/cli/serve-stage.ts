import type { Stage } from '../app.ts';
import { hasOrganization } from '../directory/index.ts';
import { ConfigError } from '../platform/config.ts';

/** The stage of a server that governs for real: real time, and nothing beside the API. */
export function serveStage(): Stage {
  return {
    kind: 'serve',
    openClock: async (_database, realClock) => realClock,
    async prepare({ database }) {
      if (await hasOrganization(database.db)) return;
      throw new ConfigError(
        'This database holds no tenant yet. Begin one with "sallyport init --administrator <upn>".',
      );
    },
    routes: () => [],
  };
}
