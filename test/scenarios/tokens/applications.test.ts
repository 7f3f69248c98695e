import { createPrivateKey } from 'node:crypto';
import { importPKCS8 } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { knownPermissions, roleIds } from '../../../src/access/index.ts';
import type { Json } from '../play.ts';
import { newCertificate } from './certificate.ts';
import { type Enrolled, openTokens, redirectUri, type TokenStage } from './stage.ts';

const applications = '/sallyport/applications';
const graph = { scope: 'https://graph.microsoft.com/.default' };
const shut = { status: 401, code: 'InvalidAuthenticationToken' };
const refused = { error: 'invalid_client' };

describe('applications', () => {
  let stage: TokenStage;
  let app: Json;
  beforeAll(async () => {
    stage = await openTokens('embedded');
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    app = await register({ permissions: ['User.Read.All'] });
  });

  const call = (method: string, path: string, body?: unknown) => stage.serving.call(method, applications + path, body);
  async function register(body: object): Promise<Json> {
    const made = await call('POST', '', { displayName: 'Pipeline', ...body });
    expect(made.status).toBe(201);
    return made.body;
  }
  const addPassword = async (body: object = {}) => (await call('POST', `/${app['id']}/addPassword`, body)).body;
  const codeOf = ({ status, body }: { status: number; body: Json }) => [status, body?.['error']?.['code']];
  const bySecret = async (secret: unknown) =>
    oidc.clientCredentialsGrant(await stage.client(String(app['appId']), oidc.ClientSecretPost(String(secret))), graph);
  const byKey = async (key: string) => {
    const proof = oidc.PrivateKeyJwt(await importPKCS8(key, 'RS256'));
    return oidc.clientCredentialsGrant(await stage.client(String(app['appId']), proof), graph);
  };
  /** A secret or certificate as it is shown later, by what was answered when it was made. Instants have microseconds. */
  const shown = (made: Json, more: object) => ({
    keyId: made['keyId'],
    startDateTime: microseconds(String(made['startDateTime'])),
    endDateTime: microseconds(String(made['endDateTime'])),
    ...more,
  });
  const microseconds = (at: string) => Temporal.Instant.from(at).toString({ fractionalSecondDigits: 6 });
  const reads = (token: string) => stage.call(token, '/v1.0/users?$top=1');

  it('are registered, found, changed and deleted, each with its event', async () => {
    expect(app).toMatchObject({
      displayName: 'Pipeline',
      accountEnabled: true,
      isPublicClient: false,
      permissions: ['User.Read.All'],
      redirectUris: [],
      passwordCredentials: [],
      keyCredentials: [],
    });
    const change = { displayName: 'Nightly', redirectUris: [redirectUri], permissions: ['Group.Read.All'] };
    expect((await call('PATCH', `/${app['id']}`, change)).body).toMatchObject(change);
    const named = await stage.serving.call('GET', `/servicePrincipals/${app['id']}`);
    expect(named.body).toMatchObject({ displayName: 'Nightly', appId: app['appId'] });
    expect((await call('DELETE', `/${app['id']}`)).status).toBe(204);
    expect(codeOf(await call('GET', `/${app['id']}`))).toEqual([404, 'ResourceNotFound']);
    expect((await stage.serving.call('GET', `/servicePrincipals/${app['id']}`)).status).toBe(404);
    const told = await stage.audit({ id: String(app['id']), userPrincipalName: '' });
    expect(told.map(({ activityDisplayName }) => activityDisplayName).toReversed()).toEqual([
      'Add service principal',
      'Update service principal',
      'Remove service principal',
    ]);
  });

  it('prove themselves by a secret that is told once, and by several at a time', async () => {
    const first = await addPassword({ displayName: 'Until spring' });
    expect(first).toMatchObject({ displayName: 'Until spring', hint: String(first['secretText']).slice(0, 3) });
    const second = await addPassword();
    const { body: read } = await call('GET', `/${app['id']}`);
    expect(read['passwordCredentials']).toEqual([
      shown(first, { displayName: 'Until spring', hint: first['hint'] }),
      shown(second, { displayName: null, hint: second['hint'] }),
    ]);
    expect(JSON.stringify(read)).not.toContain(String(first['secretText']));
    expect(JSON.stringify(read)).not.toContain('scrypt');
    for (const { secretText } of [first, second] as unknown as { secretText: string }[]) {
      expect((await reads((await bySecret(secretText)).access_token)).status).toBe(200);
    }
    const told = await stage.audit({ id: String(app['id']), userPrincipalName: '' });
    expect(JSON.stringify(told)).not.toContain(String(first['secretText']));
  });

  it('lose with a secret the tokens that were got by it, and no others', async () => {
    const [old, anew] = [await addPassword(), await addPassword()];
    const [before, after] = [await bySecret(old['secretText']), await bySecret(anew['secretText'])];
    expect((await call('POST', `/${app['id']}/removePassword`, { keyId: old['keyId'] })).status).toBe(204);
    expect(await reads(before.access_token)).toEqual(shut);
    expect((await reads(after.access_token)).status).toBe(200);
    await expect(bySecret(old['secretText'])).rejects.toMatchObject(refused);
    const again = await call('POST', `/${app['id']}/removePassword`, { keyId: old['keyId'] });
    expect(codeOf(again)).toEqual([404, 'ResourceNotFound']);
  });

  it('prove themselves by a certificate', async () => {
    const { pem, key, thumbprint } = await newCertificate(stage.clock.now(), { days: 30 });
    const added = await call('POST', `/${app['id']}/addCertificate`, { certificate: pem, displayName: 'HSM 1' });
    expect(added.body).toMatchObject({ displayName: 'HSM 1', thumbprint });
    expect((await call('GET', `/${app['id']}`)).body['keyCredentials']).toEqual([
      shown(added.body, { displayName: 'HSM 1', thumbprint }),
    ]);
    const named = `/?$filter=keyCredentials/any(one:one/thumbprint eq '${thumbprint}')`;
    expect((await call('GET', named)).body['value']).toMatchObject([{ id: app['id'] }]);
    const { access_token } = await byKey(key);
    expect((await reads(access_token)).status).toBe(200);
    const { key: other } = await newCertificate(stage.clock.now(), { days: 30 });
    await expect(byKey(other)).rejects.toMatchObject(refused);
    await call('POST', `/${app['id']}/removeCertificate`, { keyId: added.body['keyId'] });
    expect(await reads(access_token)).toEqual(shut);
    await expect(byKey(key)).rejects.toMatchObject(refused);
  });

  it('are registered with a certificate, or not at all', async () => {
    const { pem, key, thumbprint } = await newCertificate(stage.clock.now(), { days: 30 });
    app = await register({ certificate: pem, permissions: ['User.Read.All'] });
    expect(app['keyCredentials']).toMatchObject([{ thumbprint }]);
    expect((await reads((await byKey(key)).access_token)).status).toBe(200);
    const count = async () => (await call('GET', "?$count=true&$filter=displayName eq 'Half'")).body['@odata.count'];
    for (const more of [{ certificate: 'none' }, { certificate: pem, isPublicClient: true }]) {
      expect(codeOf(await call('POST', '', { displayName: 'Half', ...more }))).toEqual([400, 'Request_BadRequest']);
    }
    expect(await count()).toBe(0);
  });

  it('are given permissions that can be listed, each with what it opens', async () => {
    const { status, body } = await stage.serving.call('GET', '/sallyport/applicationPermissions');
    expect(status).toBe(200);
    const listed = body['value'] as unknown as { permission: string; operations: readonly string[] }[];
    const names = listed.map(({ permission }) => permission);
    expect(names).toEqual([...knownPermissions].sort((one, other) => one.localeCompare(other)));
    expect(listed.find(({ permission }) => permission === 'Application.Read.All')?.operations).toContain(
      'application.read',
    );
    for (const { operations } of listed) expect(operations.length).toBeGreaterThan(0);
  });

  it('prove nothing by what is over', async () => {
    const { pem, key } = await newCertificate(stage.clock.now(), { days: 1 });
    await call('POST', `/${app['id']}/addCertificate`, { certificate: pem });
    const endDateTime = stage.clock.now().add({ hours: 24 }).toString();
    const { secretText } = await addPassword({ endDateTime });
    const { access_token } = await byKey(key);
    await bySecret(secretText);
    stage.clock.pass(24 * 3600);
    await expect(byKey(key)).rejects.toMatchObject(refused);
    await expect(bySecret(secretText)).rejects.toMatchObject(refused);
    expect(await reads(access_token)).toEqual(shut);
    expect(codeOf(await call('POST', `/${app['id']}/addCertificate`, { certificate: pem }))).toEqual([
      400,
      'CredentialLifetimeNotValid',
    ]);
  });

  it('are given no secret that is over or lasts too long, no more than ten, and nothing that is no certificate', async () => {
    for (const hours of [0, 731 * 24]) {
      const endDateTime = stage.clock.now().add({ hours }).toString();
      expect((await addPassword({ endDateTime }))['error']?.['code']).toBe('CredentialLifetimeNotValid');
    }
    const wrong = createPrivateKey((await newCertificate(stage.clock.now(), { days: 1 })).key);
    const pem = String(wrong.export({ type: 'pkcs8', format: 'pem' }));
    for (const certificate of ['not one', pem]) {
      const answer = await call('POST', `/${app['id']}/addCertificate`, { certificate });
      expect(codeOf(answer)).toEqual([400, 'Request_BadRequest']);
    }
    for (let count = 0; count < 10; count += 1) expect((await addPassword())['secretText']).toBeDefined();
    expect((await addPassword())['error']?.['code']).toBe('CredentialLimitReached');
  });

  it('are ended and begun again by accountEnabled', async () => {
    const { secretText } = await addPassword();
    const { access_token } = await bySecret(secretText);
    expect((await call('PATCH', `/${app['id']}`, { accountEnabled: false })).body).toMatchObject({
      accountEnabled: false,
    });
    expect(await reads(access_token)).toEqual(shut);
    await expect(bySecret(secretText)).rejects.toMatchObject({ error: 'unauthorized_client' });
    await call('PATCH', `/${app['id']}`, { accountEnabled: true });
    expect(await reads(access_token)).toEqual(shut);
    expect((await bySecret(secretText)).access_token).toBeDefined();
  });

  it('of people alone keep no secret and use no permission', async () => {
    app = await register({ isPublicClient: true, redirectUris: [redirectUri] });
    expect((await addPassword())['error']?.['code']).toBe('Request_BadRequest');
    const answer = await call('PATCH', `/${app['id']}`, { permissions: ['User.Read.All'] });
    expect(codeOf(answer)).toEqual([400, 'Request_BadRequest']);
  });

  it.each([
    ['a permission that nothing asks for', { permissions: ['Users.Read.Al'] }, 'PermissionUnknown'],
    [
      'a permission of one that keeps no secret',
      { permissions: ['User.Read.All'], isPublicClient: true },
      'Request_BadRequest',
    ],
    ['an address over plain http', { redirectUris: ['http://example.com/back'] }, 'Request_BadRequest'],
    ['a secret of the caller’s own', { passwordCredentials: undefined, secret: 'mine' }, 'BadRequest'],
  ])('are not registered with %s', async (_, body, code) => {
    expect(codeOf(await call('POST', '', { displayName: 'X', ...body }))).toEqual([400, code]);
  });

  describe('are looked after', () => {
    let keeper: Enrolled;
    let token: string;
    const as = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(stage.serving.app.httpUrl + applications + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Json };
    };
    beforeAll(async () => {
      keeper = await stage.newEnrolled();
      await stage.serving.call('POST', '/roleManagement/directory/roleAssignments', {
        principalId: keeper.id,
        roleDefinitionId: roleIds.applicationAdministrator,
        directoryScopeId: '/',
      });
      const { issuer } = stage.serving.app.kit.signin;
      const user = { id: keeper.id, userPrincipalName: keeper.userPrincipalName, displayName: 'Keeper' };
      token = (await issuer.mintUserToken({ user, mfa: true, appId: keeper.id })).access_token;
    });

    it('by Application Administrators, as long as they can do nothing', async () => {
      const made = await as('POST', '', { displayName: 'Harmless' });
      expect(made.status).toBe(201);
      expect((await as('POST', `/${made.body['id']}/addPassword`, {})).status).toBe(200);
      const more = await as('PATCH', `/${made.body['id']}`, { permissions: ['User.Read.All'] });
      expect(codeOf(more)).toEqual([403, 'Authorization_RequestDenied']);
    });

    it('by who could give it all, once they have a permission or a privileged role', async () => {
      expect(codeOf(await as('POST', `/${app['id']}/addPassword`, {}))).toEqual([403, 'Authorization_RequestDenied']);
      const plain = await as('POST', '', { displayName: 'Grows' });
      await stage.serving.call('POST', '/roleManagement/directory/roleAssignments', {
        principalId: plain.body['id'],
        roleDefinitionId: roleIds.privilegedRoleAdministrator,
        directoryScopeId: '/',
      });
      const answer = await as('POST', `/${plain.body['id']}/addPassword`, {});
      expect(codeOf(answer)).toEqual([403, 'Authorization_RequestDenied']);
    });
  });
});
