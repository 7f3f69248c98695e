import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientCertificateCredential, ClientSecretCredential, DeviceCodeCredential } from '@azure/identity';
import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisteredApp } from '../../../src/signin/index.ts';
import { newCertificate, type OwnCertificate } from './certificate.ts';
import { type Enrolled, openTokens, redirectUri, type TokenStage } from './stage.ts';

const graph = 'https://graph.microsoft.com/.default';
const asPerson = ['https://graph.microsoft.com/User.Read'];

describe('client libraries of others', () => {
  let stage: TokenStage;
  let person: Enrolled;
  let forPeople: RegisteredApp;
  let forItself: RegisteredApp;
  let byCertificate: RegisteredApp;
  let certificate: OwnCertificate;
  let folder: string;
  let authority: string;
  beforeAll(async () => {
    stage = await openTokens('embedded');
    person = await stage.newEnrolled();
    certificate = await newCertificate(stage.clock.now(), { days: 30 });
    const permissions = ['User.Read.All'];
    forPeople = await stage.register({ isPublic: true, redirectUris: [redirectUri] });
    forItself = await stage.register({ permissions });
    byCertificate = await stage.register({ permissions, certificates: [certificate.pem] });
    folder = await mkdtemp(join(tmpdir(), 'sallyport-peers-'));
    authority = `${stage.serving.app.url}/${stage.tenantId}`;
  });
  afterAll(async () => {
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const reads = async (token: string | undefined) => (await stage.call(token ?? '', '/v1.0/users?$top=1')).status;
  const isMe = async (token: string | undefined) => (await stage.call(token ?? '')).status;
  const auth = (clientId: string) => ({ clientId, authority, knownAuthorities: [new URL(authority).host] });
  const azure = () => ({ authorityHost: stage.serving.app.url, disableInstanceDiscovery: true });
  const confirm = (userCode: string) => stage.confirmDevice(userCode, person);

  describe('openid-client', () => {
    it('signs a person in by the code flow with PKCE, and renews what it got, once each time', async () => {
      const config = await stage.client(forPeople.app.appId);
      const first = await stage.signInTo(config, person, 'openid profile offline_access User.Read');
      expect(first.claims()).toMatchObject({
        oid: person.id,
        tid: stage.tenantId,
        amr: expect.arrayContaining(['mfa']),
      });
      expect(await isMe(first.access_token)).toBe(200);
      const second = await oidc.refreshTokenGrant(config, first.refresh_token ?? '');
      expect(await isMe(second.access_token)).toBe(200);
      const replayed = oidc.refreshTokenGrant(config, first.refresh_token ?? '');
      await expect(replayed).rejects.toMatchObject({ error: 'invalid_grant' });
    });

    it('lets a device in', async () => {
      const config = await stage.client(forPeople.app.appId);
      const device = await oidc.initiateDeviceAuthorization(config, { scope: 'openid User.Read' });
      expect(device.verification_uri).toBe(`${stage.serving.app.url}/device`);
      await confirm(device.user_code);
      const tokens = await oidc.pollDeviceAuthorizationGrant(config, { ...device, interval: 0 });
      expect(await isMe(tokens.access_token)).toBe(200);
    });

    it('proves an application by a secret, in the form or as HTTP Basic, and by a certificate', async () => {
      const { appId } = forItself.app;
      const secret = forItself.secret ?? '';
      for (const proof of [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)]) {
        const given = await oidc.clientCredentialsGrant(await stage.client(appId, proof), { scope: graph });
        expect(await reads(given.access_token)).toBe(200);
      }
      const config = await stage.client(byCertificate.app.appId, await certificate.proof());
      expect(await reads((await oidc.clientCredentialsGrant(config, { scope: graph })).access_token)).toBe(200);
    });
  });

  describe('@azure/msal-node', () => {
    it('signs a person in by the code flow with PKCE, and goes on silently', async () => {
      const client = new PublicClientApplication({ auth: auth(forPeople.app.appId) });
      const verifier = oidc.randomPKCECodeVerifier();
      const challenge = await oidc.calculatePKCECodeChallenge(verifier);
      const asked = { scopes: asPerson, redirectUri };
      const address = await client.getAuthCodeUrl({ ...asked, codeChallenge: challenge, codeChallengeMethod: 'S256' });
      const back = await stage.throughSignIn(stage.secureBrowser(), address, person);
      const code = back.searchParams.get('code') ?? '';
      const got = await client.acquireTokenByCode({ ...asked, code, codeVerifier: verifier });
      expect(got.account?.localAccountId).toBe(person.id);
      expect(await isMe(got.accessToken)).toBe(200);
      if (got.account === null) throw new Error('MSAL knows no account');
      const renewed = await client.acquireTokenSilent({ scopes: asPerson, account: got.account, forceRefresh: true });
      expect(renewed.accessToken).not.toBe(got.accessToken);
      expect(await isMe(renewed.accessToken)).toBe(200);
    });

    it('lets a device in', async () => {
      const client = new PublicClientApplication({ auth: auth(forPeople.app.appId) });
      let confirmed: Promise<void> | undefined;
      const got = await client.acquireTokenByDeviceCode({
        scopes: asPerson,
        deviceCodeCallback: ({ userCode }) => {
          confirmed = confirm(userCode);
        },
      });
      await confirmed;
      expect(await isMe(got?.accessToken)).toBe(200);
    });

    it('proves an application by a secret and by a certificate', async () => {
      const bySecret = new ConfidentialClientApplication({
        auth: { ...auth(forItself.app.appId), clientSecret: forItself.secret ?? '' },
      });
      expect(await reads((await bySecret.acquireTokenByClientCredential({ scopes: [graph] }))?.accessToken)).toBe(200);
      const clientCertificate = { thumbprintSha256: certificate.thumbprint, privateKey: certificate.key };
      const byKey = new ConfidentialClientApplication({
        auth: { ...auth(byCertificate.app.appId), clientCertificate },
      });
      expect(await reads((await byKey.acquireTokenByClientCredential({ scopes: [graph] }))?.accessToken)).toBe(200);
    });
  });

  describe('@azure/identity', () => {
    it('proves an application by a secret and by a certificate', async () => {
      const { appId } = forItself.app;
      const bySecret = new ClientSecretCredential(stage.tenantId, appId, forItself.secret ?? '', azure());
      expect(await reads((await bySecret.getToken(graph)).token)).toBe(200);
      const certificatePath = join(folder, 'pipeline.pem');
      await writeFile(certificatePath, `${certificate.key}${certificate.pem}\n`);
      const { appId: other } = byCertificate.app;
      const byKey = new ClientCertificateCredential(stage.tenantId, other, { certificatePath }, azure());
      expect(await reads((await byKey.getToken(graph)).token)).toBe(200);
    });

    it('lets a device in', async () => {
      const credential = new DeviceCodeCredential({
        ...azure(),
        tenantId: stage.tenantId,
        clientId: forPeople.app.appId,
        userPromptCallback: ({ userCode }) => void confirm(userCode),
      });
      expect(await isMe((await credential.getToken(asPerson)).token)).toBe(200);
    });
  });
});
