import { startApp } from '../app.ts';
import { readConfig } from '../platform/config.ts';
import { runUntilStopped } from './run.ts';
import { serveStage } from './serve-stage.ts';

/** `sallyport serve`: the governance server, on real time. */
export async function serve(): Promise<void> {
  const config = readConfig(process.env);
  await runUntilStopped(
    () => startApp(config, serveStage()),
    ({ url, httpUrl, caPath }) => [
      'Sallyport serves.',
      `  Graph API   ${url}/v1.0  (also ${httpUrl}/v1.0)`,
      `  Trust       ${caPath}`,
    ],
  );
}
