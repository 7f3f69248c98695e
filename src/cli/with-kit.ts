import { type Kit, openKit } from '../app.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { serveStage } from './serve-stage.ts';

/**
 * Does something with the database of a server that need not run, and closes it. Opening can take a while, so it says
 * beforehand what is done: on standard error, for what a script reads is on standard output.
 */
export async function withKit(
  doing: string,
  work: (kit: Kit, config: Config) => Promise<readonly string[]>,
): Promise<void> {
  const config = readConfig(process.env);
  console.error(doing);
  const { kit } = await openKit(config, serveStage(), createLog(config.logLevel));
  try {
    console.log((await work(kit, config)).join('\n'));
  } finally {
    await kit.worker.stop();
    await kit.database.close();
  }
}
