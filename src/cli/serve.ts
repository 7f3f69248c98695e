import { startApp } from '../app.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { portalSite } from './portal.ts';
import { runUntilStopped } from './run.ts';
import { serveStage } from './serve-stage.ts';

/** `sallyport serve`: the governance server, on real time. */
export async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  await runUntilStopped(
    () => startApp(config, serveStage(), { log, site: portalSite(log) }),
    ({ url, httpUrl, caPath }) => [
      'Sallyport serves.',
      // A browser trusts the plain port of its own machine, and not our CA.
      `  Portal      ${config.publicUrl ?? httpUrl}/`,
      `  Graph API   ${url}/v1.0  (also ${httpUrl}/v1.0)`,
      `  Trust       ${caPath}`,
    ],
  );
}
