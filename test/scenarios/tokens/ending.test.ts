import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signingIn } from '../../people.ts';
import { databaseKinds } from '../../postgres.ts';
import { type Enrolled, openTokens, type TokenStage, type Tokens, verifier } from './stage.ts';

const ours = 'openid offline_access User.Read';
const shut = { status: 401, code: 'InvalidAuthenticationToken' };
const refused = { error: 'invalid_grant' };

describe.each(databaseKinds)('what somebody was given ends with the account on %s', (kind) => {
  let stage: TokenStage;
  let config: oidc.Configuration;
  let person: Enrolled;
  let tokens: Tokens;

  beforeAll(async () => {
    stage = await openTokens(kind);
    const { app } = await stage.register({ isPublic: true, redirectUris: ['http://localhost:51234/back'] });
    config = await stage.client(app.appId);
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    person = await stage.newEnrolled();
    tokens = await stage.signInTo(config, person, ours);
  });

  const refresh = ({ refresh_token }: Tokens) => oidc.refreshTokenGrant(config, refresh_token ?? '');

  it('at once at our API, and for good', async () => {
    expect((await stage.call(tokens.access_token)).status).toBe(200);
    await stage.setEnabled(person, false);
    expect(await stage.call(tokens.access_token)).toEqual(shut);
    expect(await stage.call(tokens.access_token, '/sallyport/me')).toEqual(shut);
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    await stage.setEnabled(person, true);
    expect(await stage.call(tokens.access_token)).toEqual(shut);
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    const anew = await stage.signInTo(config, person, ours);
    expect((await stage.call(anew.access_token)).status).toBe(200);
    expect((await stage.call((await refresh(anew)).access_token)).status).toBe(200);
  });

  it('when the account is deleted', async () => {
    await stage.serving.call('DELETE', `/users/${person.id}`);
    expect(await stage.call(tokens.access_token)).toEqual(shut);
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
  });

  it('when the person signs out everywhere, at every application', async () => {
    const browser = stage.browser();
    await stage.signIn(await signingIn(browser), person.credentials);
    const other = await stage.newEnrolled();
    const others = await stage.signInTo(config, other, ours);
    await browser.send('POST', '/session/sign-out', { everywhere: true });
    expect(await stage.call(tokens.access_token)).toEqual(shut);
    await expect(refresh(tokens)).rejects.toMatchObject(refused);
    expect((await stage.call(others.access_token)).status).toBe(200);
  });

  it('with the device code that was confirmed and not yet taken', async () => {
    const device = await oidc.initiateDeviceAuthorization(config, { scope: ours });
    await stage.confirmDevice(device.user_code, person);
    await stage.setEnabled(person, false);
    await stage.setEnabled(person, true);
    const polled = oidc.pollDeviceAuthorizationGrant(config, { ...device, interval: 0 });
    await expect(polled).rejects.toMatchObject(refused);
  });

  it('within a minute at an application that trusts our keys alone', async () => {
    const api = await stage.register({ displayName: 'Vault' });
    const audience = `api://${api.app.appId}`;
    const given = await stage.signInTo(config, person, `openid offline_access ${audience}/read`);
    const { claimsOf } = verifier(stage, audience);
    expect(await claimsOf(given.access_token, 49)).toMatchObject({ oid: person.id, scp: 'read' });
    await expect(claimsOf(given.access_token, 50)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    expect(await claimsOf((await refresh(given)).access_token)).toMatchObject({ oid: person.id });
    await stage.setEnabled(person, false);
    await expect(refresh(given)).rejects.toMatchObject(refused);
  });
});
