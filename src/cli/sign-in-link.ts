import { openKit } from '../app.ts';
import { orRefuse } from '../kernel/outcome.ts';
import { parseDuration } from '../kernel/time.ts';
import { ConfigError, publicAddress, readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { addressOfLink } from '../signin/index.ts';
import { serveStage } from './serve-stage.ts';

/** Options of `sallyport sign-in-link`. */
export interface SignInLinkOptions {
  /** User principal name of whoever is to sign in by it. */
  readonly user: string;
  /** How long it can be used, ISO 8601. */
  readonly lasts: string;
}

/**
 * `sallyport sign-in-link`: a one-time link for somebody who cannot be given one by an administrator, such as the only
 * one. It is for those who hold the server's database, and it is recorded.
 */
export async function signInLink({ user, lasts }: SignInLinkOptions): Promise<void> {
  const duration = parseDuration(lasts);
  if (duration === null) throw new ConfigError(`--lasts must be a duration such as PT1H, not "${lasts}".`);
  const config = readConfig(process.env);
  const { kit } = await openKit(config, serveStage(), createLog(config.logLevel));
  try {
    const { secret, expiresAt } = orRefuse(await kit.signin.invite(user, duration));
    console.log(`${addressOfLink(publicAddress(config), secret)}\nIt can be used once, until ${expiresAt.toString()}.`);
  } finally {
    await kit.worker.stop();
    await kit.database.close();
  }
}
