import { readFile } from 'node:fs/promises';
import { withKit } from './with-kit.ts';

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
  await withKit('Registering the application.', async (kit) => {
    const { appId, secret } = await kit.register({
      displayName: options.displayName,
      permissions: options.permission ?? [],
      redirectUris: options.redirectUri ?? [],
      isPublic: options.public ?? false,
      certificates,
    });
    const lines = [`Tenant         ${kit.tenantId}`, `Client id      ${appId}`];
    return secret === null ? lines : [...lines, `Client secret  ${secret}`, 'The secret is shown this once.'];
  });
}
