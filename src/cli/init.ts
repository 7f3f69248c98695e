import { designPermissions } from '../access/index.ts';
import { openKit } from '../app.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { serveStage } from './serve-stage.ts';

/** Options of `sallyport init`. */
export interface InitOptions {
  /** User principal name of the first administrator. */
  readonly administrator: string;
  /** Display name of the first administrator. */
  readonly displayName: string;
}

/**
 * `sallyport init`: begins the tenant in an empty database, with its first administrator and a first application,
 * whose secret is printed once. Refuses a database that holds a tenant.
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
    console.log(
      [
        `Tenant         ${kit.tenantId}`,
        `Administrator  ${administrator}, permanent Global Administrator`,
        `Client id      ${appId}`,
        `Client secret  ${secret}`,
        'The secret is shown this once. Start the server with "sallyport serve".',
      ].join('\n'),
    );
  } finally {
    await kit.worker.stop();
    await kit.database.close();
  }
}
