import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../../src/app.ts';
import { serveStage } from '../../../src/cli/serve-stage.ts';
import { readConfig } from '../../../src/platform/config.ts';
import { silent } from '../../../src/platform/log.ts';
import { sallyport } from '../process.ts';
import { newCertificate, type OwnCertificate } from './certificate.ts';

const scope = 'https://graph.microsoft.com/.default';

describe('sallyport register-app --certificate', () => {
  let folder: string;
  let certificate: OwnCertificate;
  let printed: string;
  let app: App;

  const command = (...args: readonly string[]) => sallyport(args, { SALLYPORT_DATA: folder }).ended();
  const register = async (name: string, text: string) => {
    const file = join(folder, `${name}.pem`);
    await writeFile(file, text);
    return command('register-app', '--display-name', name, '--permission', 'User.Read.All', '--certificate', file);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-register-'));
    certificate = await newCertificate(Temporal.Now.instant(), { days: 1 });
    expect((await command('init', '--administrator', 'ada@contoso.example')).code).toBe(0);
    const registered = await register('Pipeline', certificate.pem);
    expect(registered.code).toBe(0);
    printed = registered.output;
    expect((await register('Broken', 'no certificate')).code).not.toBe(0);
    app = await startApp(readConfig({ PORT: '0', HTTPS_PORT: '0', SALLYPORT_DATA: folder }), serveStage(), {
      log: silent,
    });
    setDefaultCACertificates([...getCACertificates('default'), await readFile(app.caPath, 'utf8')]);
  });
  afterAll(async () => {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const told = (name: string) => new RegExp(`^${name} +(\\S+)$`, 'm').exec(printed)?.[1] ?? '';
  const signIn = async ({ proof }: OwnCertificate) => {
    const issuer = new URL(`${app.url}/${told('Tenant')}/v2.0`);
    const client = await oidc.discovery(issuer, told('Client id'), undefined, await proof());
    return oidc.clientCredentialsGrant(client, { scope });
  };

  it('prints what the application needs, and no secret: it has none', () => {
    expect(told('Client id')).toMatch(/^[\da-f-]{36}$/);
    expect(printed).not.toMatch(/secret/i);
  });

  it('lets the application sign in with the key of the certificate, and do what it may', async () => {
    const { access_token: token } = await signIn(certificate);
    const read = await fetch(`${app.httpUrl}/v1.0/users?$select=userPrincipalName`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([read.status, await read.json()]).toMatchObject([
      200,
      { value: [{ userPrincipalName: 'ada@contoso.example' }] },
    ]);
  });

  it('lets nobody in who has another key', async () => {
    const other = await newCertificate(Temporal.Now.instant(), { days: 1 });
    await expect(signIn(other)).rejects.toMatchObject({ error: 'invalid_client' });
  });

  it('registers nothing by what is no certificate', async () => {
    expect(await app.kit.signin.listApps()).not.toContainEqual(expect.objectContaining({ displayName: 'Broken' }));
  });
});
