import { designPermissions } from '../access/index.ts';
import { openKit } from '../app.ts';
import { orRefuse } from '../kernel/outcome.ts';
import { publicAddress, readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { addressOfLink } from '../signin/index.ts';
import { serveStage } from './serve-stage.ts';

/** Options of `sallyport init`. */
export interface InitOptions {
  /** User principal name of the first administrator. */
  readonly administrator: string;
  /** Display name of the first administrator. */
  readonly displayName: string;
}

/** How long the first administrator has to come in. */
const linkLasts = Temporal.Duration.from({ hours: 24 });

/**
 * `sallyport init`: begins the tenant in an empty database, with its first administrator, who comes in by a one-time link,
 * and a first application; link and secret are printed once. Refuses a database that holds a tenant.
 */
export async function init({ administrator, displayName }: InitOptions): Promise<void> {
  const config = readConfig(process.env);
  const { kit } = await openKit(config, serveStage(), createLog(config.logLevel));
  try {
    await kit.initialise({
      userPrincipalName: administrator,
      displayName,
      mailNickname: administrator.split('@')[0] ?? administrator,
      mail: administrator,
      accountEnabled: true,
    });
    const { appId, secret } = await kit.register({ displayName: 'First application', permissions: designPermissions });
    const { secret: link, expiresAt } = orRefuse(await kit.signin.invite(administrator, linkLasts));
    console.log(
      [
        `Tenant         ${kit.tenantId}`,
        `Administrator  ${administrator}, permanent Global Administrator`,
        `Client id      ${appId}`,
        `Client secret  ${secret}`,
        `Sign in        ${addressOfLink(publicAddress(config), link)}`,
        `               once, until ${expiresAt.toString()}; "sallyport sign-in-link" makes another`,
        'The secret is shown this once. Start the server with "sallyport serve".',
      ].join('\n'),
    );
  } finally {
    await kit.worker.stop();
    await kit.database.close();
  }
}
