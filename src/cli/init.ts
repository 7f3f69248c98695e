import { designPermissions } from '../access/index.ts';
import { orRefuse } from '../kernel/outcome.ts';
import { publicAddress } from '../platform/config.ts';
import { addressOfLink } from '../signin/index.ts';
import { nameIn } from './name-in.ts';
import { withKit } from './with-kit.ts';

/** Options of `sallyport init`. */
export interface InitOptions {
  /** User principal name of the first administrator. */
  readonly administrator: string;
  /** Display name of the first administrator; unless said, what the user principal name tells of it. */
  readonly displayName?: string;
}

/** How long the first administrator has to come in. */
const linkLasts = Temporal.Duration.from({ hours: 24 });

/**
 * `sallyport init`: begins the tenant in an empty database, with its first administrator, who comes in by a one-time link,
 * and a first application; link and secret are printed once. Refuses a database that holds a tenant.
 */
export async function init({ administrator, displayName }: InitOptions): Promise<void> {
  await withKit('Beginning the tenant. This takes up to a minute.', async (kit, config) => {
    await kit.initialise({
      userPrincipalName: administrator,
      displayName: displayName ?? nameIn(administrator),
      mailNickname: administrator.split('@')[0] ?? administrator,
      mail: administrator,
      accountEnabled: true,
    });
    const { appId, secret } = await kit.register({ displayName: 'First application', permissions: designPermissions });
    const { secret: link, expiresAt } = orRefuse(await kit.signin.invite(administrator, linkLasts));
    return [
      `Tenant         ${kit.tenantId}`,
      `Administrator  ${administrator}, permanent Global Administrator`,
      `Client id      ${appId}`,
      `Client secret  ${secret}`,
      `Sign in        ${addressOfLink(publicAddress(config), link)}`,
      `               once, until ${expiresAt.toString()}; "sallyport sign-in-link" makes another`,
      'The secret is shown this once. Start the server with "sallyport serve".',
    ];
  });
}
