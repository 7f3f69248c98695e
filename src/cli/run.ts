import type { App } from '../app.ts';

/**
 * Starts a server, prints what there is to know, and stops cleanly on SIGTERM or SIGINT: requests in flight are
 * answered first. A second signal ends it at once.
 */
export async function runUntilStopped(
  start: () => Promise<App>,
  describe: (app: App) => string[] | Promise<string[]>,
): Promise<void> {
  const stopSignal = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const app = await start();
  console.log((await describe(app)).join('\n'));
  await stopSignal;
  await app.close();
  console.log('Stopped.');
}
