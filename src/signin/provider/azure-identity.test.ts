import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClientSecretCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../test/postgres.ts';
import { newApp, quickClock, serveSignin, signinOver, tenantId } from '../../../test/signin.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { wallClock } from '../../kernel/time.ts';
import type { Database } from '../../platform/database.ts';
import { type Certificates, ensureCertificates } from '../../platform/tls.ts';
import type { Signin } from '../index.ts';

const scope = 'https://graph.microsoft.com/.default';
const client = fileURLToPath(import.meta.resolve('../../../test/token-client.ts'));

let folder: string;
let tls: Certificates;
let database: Database;
let signin: Signin;
let server: Awaited<ReturnType<typeof serveSignin>>;
let registered: Awaited<ReturnType<typeof newApp>>;
let authorityHost: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-identity-'));
  tls = await ensureCertificates(folder, wallClock());
  database = await freshDatabase('embedded');
  // The port is known only once the server listens, as with HTTPS_PORT=0.
  signin = signinOver(database, quickClock(), { issuerBase: () => authorityHost });
  server = await serveSignin(signin, tls);
  authorityHost = `https://localhost:${server.port}`;
  registered = await newApp(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const credential = (secret: string) =>
  new ClientSecretCredential(tenantId, registered.app.appId, secret, {
    authorityHost,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: tls.ca },
  });

function runClient(environment: NodeJS.ProcessEnv): Promise<{ token?: string; fault?: string }> {
  const args = [client, authorityHost, tenantId, registered.app.appId, registered.secret, scope];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env: { ...process.env, ...environment } }, (fault, stdout) => {
      if (stdout === '') reject(fault ?? new Error('The client said nothing'));
      else resolve(JSON.parse(stdout));
    });
  });
}

describe('@azure/identity', () => {
  it('gets a token that the API takes', async () => {
    const { token, expiresOnTimestamp } = await credential(registered.secret).getToken(scope);
    expect(orRefuse(await signin.verifyBearer(`Bearer ${token}`))).toEqual({ kind: 'app', ...registered.app });
    expect(expiresOnTimestamp).toBeGreaterThan(wallClock().epochMilliseconds + 3_000_000);
  });

  it('gets one for our own address too', async () => {
    const { token } = await credential(registered.secret).getToken(`${authorityHost}/.default`);
    expect((await signin.verifyBearer(`Bearer ${token}`)).is).toBe('accepted');
  });

  it('understands a refusal', async () => {
    const attempt = credential('not-the-secret-of-this-app').getToken(scope);
    await expect(attempt).rejects.toThrow('AADSTS7000215');
  });

  it('trusts us through NODE_EXTRA_CA_CERTS alone', async () => {
    const { token } = await runClient({ NODE_EXTRA_CA_CERTS: tls.caPath });
    expect((await signin.verifyBearer(`Bearer ${token}`)).is).toBe('accepted');
    const { fault } = await runClient({ NODE_EXTRA_CA_CERTS: '' });
    expect(fault).toBeDefined();
  });
});
