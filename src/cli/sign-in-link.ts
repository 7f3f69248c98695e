import { orRefuse } from '../kernel/outcome.ts';
import { parseDuration } from '../kernel/time.ts';
import { ConfigError, publicAddress } from '../platform/config.ts';
import { addressOfLink } from '../signin/index.ts';
import { withKit } from './with-kit.ts';

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
  await withKit('Making the link.', async (kit, config) => {
    const { secret, expiresAt } = orRefuse(await kit.signin.invite(user, duration));
    return [addressOfLink(publicAddress(config), secret), `It can be used once, until ${expiresAt.toString()}.`];
  });
}
