import { readFile } from 'node:fs/promises';
import { openKit } from '../app.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { serveStage } from './serve-stage.ts';

/** Options of `sallyport register-app`. */
export interface RegisterAppOptions {
  readonly displayName: string;
  /** Graph application permissions. */
  readonly permission?: readonly string[];
  readonly redirectUri?: readonly string[];
  /** Files with certificates (PEM); with one the application has no secret. */
  readonly certificate?: readonly string[];
  /** Whether it can keep no secret, and signs in people only. */
  readonly public?: boolean;
}

/**
 * `sallyport register-app`: registers an application that calls the API. It is for those who hold the server's database,
 * and it is recorded; administrators do the same with `POST /sallyport/applications`. A secret is printed once.
 */
export async function registerApp(options: RegisterAppOptions): Promise<void> {
  const certificates = await Promise.all((options.certificate ?? []).map((file) => readFile(file, 'utf8')));
  const config = readConfig(process.env);
  const { kit } = await openKit(config, serveStage(), createLog(config.logLevel));
  try {
    const { appId, secret } = await kit.register({
      displayName: options.displayName,
      permissions: options.permission ?? [],
      redirectUris: options.redirectUri ?? [],
      isPublic: options.public ?? false,
      certificates,
    });
    const lines = [`Tenant         ${kit.tenantId}`, `Client id      ${appId}`];
    if (secret !== null) lines.push(`Client secret  ${secret}`, 'The secret is shown this once.');
    console.log(lines.join('\n'));
  } finally {
    await kit.worker.stop();
    await kit.database.close();
  }
}
