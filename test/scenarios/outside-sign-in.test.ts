import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/kernel/ids.ts';
import { signinStore } from '../../src/signin/store.ts';
import { type Browser, openBrowser } from '../browser.ts';
import { type OutsideProvider, openOutsideProvider } from '../outside-provider.ts';
import { databaseKinds } from '../postgres.ts';
import { openServing, type Serving } from '../serving.ts';

const riley = { sub: 'riley@elsewhere', claims: { oid: 'E-1', preferred_username: 'riley@contoso.example' } };
const seconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);

describe.each(databaseKinds)('signing in at a provider outside on %s', (kind) => {
  let provider: OutsideProvider;
  let serving: Serving;
  let browser: Browser;
  let rileyId: string;

  beforeAll(async () => {
    provider = await openOutsideProvider();
    serving = await openServing(kind, {
      SALLYPORT_OIDC_ISSUER: provider.issuer,
      SALLYPORT_OIDC_CLIENT_ID: provider.clientId,
      SALLYPORT_OIDC_CLIENT_SECRET: provider.clientSecret,
      SALLYPORT_OIDC_USER: 'oid=employeeId',
    });
    rileyId = await hire('riley', 'E-1');
  });
  afterAll(async () => {
    await serving?.close();
    await provider?.close();
  });
  beforeEach(async () => {
    await provider.register([serving.app.url, serving.app.httpUrl]);
    provider.play(riley);
    provider.tamper(null);
    browser = openBrowser(serving.app.httpUrl);
  });

  async function hire(name: string, employeeId: string): Promise<string> {
    const userPrincipalName = `${name}@contoso.example`;
    const user = { accountEnabled: true, displayName: name, mailNickname: name, userPrincipalName, employeeId };
    const made = await serving.call('POST', '/users', user);
    expect(made.status).toBe(201);
    return String(made.body['id']);
  }

  const signIn = (query = 'returnTo=%2Fmy-roles') => browser.follow(`/session/sign-in?${query}`);
  const codeOf = (address: URL) => [address.pathname, address.searchParams.get('code')];

  it('leads out and back to where the person was, signed in', async () => {
    const here = await signIn('returnTo=%2Fmy-roles%3Ftab%3Deligible%23top');
    expect(here.pathname + here.search + here.hash).toBe('/my-roles?tab=eligible#top');
    expect(await browser.session()).toMatchObject({
      signedIn: true,
      user: { id: rileyId, userPrincipalName: 'riley@contoso.example' },
      mfaAt: null,
      rehearsal: false,
    });
    expect((await browser.get('/v1.0/me')).body).toMatchObject({ id: rileyId });
    const signIns = "/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Sign in'";
    const { body } = await serving.call('GET', signIns);
    expect(body['value']).toMatchObject([{ result: 'success', initiatedBy: { user: { id: rileyId } } }]);
  });

  it('asks with a code, PKCE, state and nonce, and takes its cookie of the attempt away', async () => {
    await signIn();
    expect(Object.fromEntries(provider.asked())).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: `${serving.app.httpUrl}/session/callback`,
      scope: 'openid profile',
    });
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('sallyport-'))).toEqual([
      `sallyport-session-${new URL(serving.app.httpUrl).port}`,
    ]);
  });

  it('begins at an address that the provider knows, whatever name the browser used', async () => {
    const port = new URL(serving.app.httpUrl).port;
    const near = await browser.get(`http://127.0.0.1:${port}/session/sign-in?returnTo=%2Fa`);
    expect(near.location).toBe(`${serving.app.httpUrl}/session/sign-in?returnTo=%2Fa`);
  });

  it('ends on a page that says what it was, and nothing more, where it fails', async () => {
    provider.play({ sub: 'stranger', claims: { oid: 'E-404' } });
    const failed = await signIn();
    expect(codeOf(failed)).toEqual(['/sign-in-failed', 'SignInUserUnknown']);
    expect([...failed.searchParams.keys()]).toEqual(['code', 'requestId']);
    expect(await browser.session()).toEqual({ signedIn: false });
  });

  it.each<[string, object | null, string]>([
    ['says no', null, 'SignInDenied'],
    ['has no claim that is mapped', { sub: 'x' }, 'SignInUserUnknown'],
    ['says it with something other than text', { sub: 'x', claims: { oid: ['E-1'] } }, 'SignInUserUnknown'],
    ['names nobody', { sub: 'x', claims: { oid: 'e-1' } }, 'SignInUserUnknown'],
  ])('lets nobody in where the provider %s', async (_, person, code) => {
    provider.play(person as typeof riley | null);
    expect(codeOf(await signIn())).toEqual(['/sign-in-failed', code]);
    expect(await browser.session()).toEqual({ signedIn: false });
  });

  it('lets nobody in where two have the number, or the account is disabled', async () => {
    const [first, second] = [await hire('twin-1', 'E-2'), await hire('twin-2', 'E-2')];
    provider.play({ sub: 'twin', claims: { oid: 'E-2' } });
    expect(codeOf(await signIn())).toEqual(['/sign-in-failed', 'SignInUserUnknown']);
    await serving.call('DELETE', `/users/${second}`);
    expect((await signIn()).pathname).toBe('/my-roles');
    await serving.call('PATCH', `/users/${first}`, { accountEnabled: false });
    expect(await browser.session()).toEqual({ signedIn: false });
    expect(codeOf(await signIn())).toEqual(['/sign-in-failed', 'SignInAccountDisabled']);
    await serving.call('PATCH', `/users/${first}`, { accountEnabled: true });
    expect(await browser.session()).toEqual({ signedIn: false });
  });

  it.each<[string, Parameters<OutsideProvider['tamper']>]>([
    ['of another issuer', [(claims) => ({ ...claims, iss: 'https://evil.example' })]],
    ['for another audience', [(claims) => ({ ...claims, aud: 'somebody-else' })]],
    ['with another nonce', [(claims) => ({ ...claims, nonce: 'x'.repeat(43) })]],
    ['without a nonce', [({ nonce: _, ...claims }) => claims]],
    ['that is over', [(claims) => ({ ...claims, exp: seconds() - 3_600 })]],
    ['signed by another key', [(claims) => claims, 'other']],
  ])('trusts no ID token %s', async (_, how) => {
    provider.tamper(...how);
    expect(codeOf(await signIn())).toEqual(['/sign-in-failed', 'SignInNotTrusted']);
    expect(await browser.session()).toEqual({ signedIn: false });
  });

  const isExpired = (location: string | null) =>
    codeOf(new URL(location ?? '', serving.app.httpUrl)).join() === ['/sign-in-failed', 'SignInExpired'].join();

  /** Everything up to the callback, which is not called. */
  async function untilCallback(): Promise<string> {
    let address = (await browser.get('/session/sign-in?returnTo=%2F')).location ?? '';
    while (!address.includes('/session/callback')) {
      const page = await browser.get(new URL(address, provider.issuer).href);
      address = page.location ?? '';
    }
    return address;
  }

  it('takes what came back once, in the browser that it was begun in, and with its own state', async () => {
    const callback = await untilCallback();
    const elsewhere = await openBrowser(serving.app.httpUrl).get(callback);
    expect(elsewhere.location).toSatisfy(isExpired);
    const forged = new URL(callback);
    forged.searchParams.set('state', 'a'.repeat(43));
    expect((await browser.get(forged.href)).location).toSatisfy(isExpired);
    const cookies = new Map(browser.cookies);
    expect((await browser.get(callback)).location).toBe('/');
    const replayed = await openBrowser(serving.app.httpUrl, cookies).get(callback);
    expect(replayed.location).toSatisfy(isExpired);
  });

  it('takes nothing back that nobody was sent out for', async () => {
    for (const query of ['', '?code=x', '?state=x&code=x', `?state=${'a'.repeat(43)}`, '?error=access_denied']) {
      expect((await browser.get(`/session/callback${query}`)).location).toSatisfy(isExpired);
    }
  });

  it('works in two tabs at once', async () => {
    const [first, second] = [await untilCallback(), await untilCallback()];
    expect((await browser.get(first)).location).toBe('/');
    expect((await browser.get(second)).location).toBe('/');
  });

  it('gives a new id, and the one that was there before is worth nothing', async () => {
    await signIn();
    const planted = new Map(browser.cookies);
    await signIn();
    expect(await openBrowser(serving.app.httpUrl, planted).session()).toEqual({ signedIn: false });
    expect((await browser.session())['signedIn']).toBe(true);
  });

  it('proves MFA and authentication contexts when they are asked for, and keeps what was proven', async () => {
    await signIn();
    const { expiresAt } = await browser.session();
    const authenticatedAt = seconds() - 60;
    provider.play({ ...riley, amr: ['pwd', 'mfa'], authenticatedAt });
    expect((await signIn('returnTo=%2Fback&mfa=true&prompt=login')).pathname).toBe('/back');
    const asked = JSON.parse(provider.asked().get('claims') ?? '{}');
    expect(asked).toEqual({ id_token: { amr: { essential: true, values: ['mfa'] } } });
    expect(provider.asked().get('login_hint')).toBe('riley@contoso.example');
    const mfaAt = Temporal.Instant.fromEpochMilliseconds(authenticatedAt * 1000).toString();
    expect(await browser.session()).toMatchObject({ mfaAt, authenticationContexts: [], expiresAt });

    provider.play({ ...riley, claims: { ...riley.claims, acrs: ['c1'] } });
    expect((await signIn('returnTo=%2Fback&acrs=c1&prompt=login')).pathname).toBe('/back');
    expect(await browser.session()).toMatchObject({ mfaAt, authenticationContexts: ['c1'], expiresAt });
  });

  it.each(['mfa=true', 'acrs=c2'])('comes back with a failure where %s was asked for and not proven', async (asked) => {
    await signIn();
    const before = await browser.session();
    expect(codeOf(await signIn(`returnTo=%2F&prompt=login&${asked}`))).toEqual([
      '/sign-in-failed',
      'SignInProofMissing',
    ]);
    expect(await browser.session()).toEqual(before);
  });

  it('wants the proof as fresh as it is settled', async () => {
    const settle = (mfaFreshness: string | null) => serving.call('PATCH', '/sallyport/settings', { mfaFreshness });
    expect((await settle('PT10M')).status).toBe(200);
    const amr = ['mfa'];
    provider.play({ ...riley, amr, authenticatedAt: seconds() - 601 });
    expect(codeOf(await signIn('mfa=true'))).toEqual(['/sign-in-failed', 'SignInProofMissing']);
    expect(provider.asked().get('max_age')).toBe('600');
    provider.play({ ...riley, amr, authenticatedAt: seconds() - 300 });
    expect((await signIn('mfa=true&prompt=login')).pathname).toBe('/');
    await settle(null);
  });

  it('signs the other one in, where another signs in to step up', async () => {
    await signIn();
    const blakeId = await hire(`blake-${kind}`, 'E-3');
    provider.play({ sub: 'blake', claims: { oid: 'E-3' }, amr: ['mfa'] });
    for (const name of [...browser.cookies.keys()]) if (name.startsWith('_')) browser.cookies.delete(name);
    await signIn('mfa=true');
    expect(await browser.session()).toMatchObject({ user: { id: blakeId } });
  });

  it('ends the session of the provider too', async () => {
    await signIn();
    const out = await browser.send('POST', '/session/sign-out', {});
    const end = new URL(String(out.body['redirectTo']));
    expect(end.origin + end.pathname).toBe(`${provider.issuer}/session/end`);
    expect(end.searchParams.get('post_logout_redirect_uri')).toBe(`${serving.app.httpUrl}/`);
    expect(end.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect(await browser.session()).toEqual({ signedIn: false });
  });

  it('takes {} or {"everywhere":true} to sign out, and nothing else', async () => {
    await signIn();
    for (const body of [{ everywhere: 'yes' }, { all: true }, []]) {
      const answer = await browser.send('POST', '/session/sign-out', body);
      expect([answer.status, answer.body['error']?.['code']]).toEqual([400, 'BadRequest']);
    }
    expect((await browser.session())['signedIn']).toBe(true);
  });

  it('is told of a provider that does not answer, and works again when it does', async () => {
    const elsewhere = await openOutsideProvider();
    const other = await openServing(kind, {
      SALLYPORT_OIDC_ISSUER: elsewhere.issuer,
      SALLYPORT_OIDC_CLIENT_ID: elsewhere.clientId,
      SALLYPORT_OIDC_CLIENT_SECRET: elsewhere.clientSecret,
    });
    browser = openBrowser(other.app.httpUrl);
    expect(codeOf(await signIn())).toEqual(['/sign-in-failed', 'SignInProviderUnavailable']);
    await elsewhere.register([other.app.httpUrl]);
    elsewhere.play({ sub: 'ada', claims: { preferred_username: 'ADA@contoso.example' } });
    expect((await signIn()).pathname).toBe('/my-roles');
    expect(await browser.session()).toMatchObject({ user: { id: other.administrator.id } });
    await other.close();
    await elsewhere.close();
  });
});

describe('two nodes', () => {
  let provider: OutsideProvider;
  let serving: Serving;
  beforeAll(async () => {
    provider = await openOutsideProvider();
    serving = await openServing('postgres', {
      SALLYPORT_OIDC_ISSUER: provider.issuer,
      SALLYPORT_OIDC_CLIENT_ID: provider.clientId,
      SALLYPORT_OIDC_CLIENT_SECRET: provider.clientSecret,
    });
  });
  afterAll(async () => {
    await serving?.close();
    await provider?.close();
  });

  it('know each other’s sessions, and sign a person out everywhere', async () => {
    const node = await serving.addNode();
    await provider.register([serving.app.httpUrl, node.httpUrl]);
    provider.play({ sub: 'ada', claims: { preferred_username: 'ada@contoso.example' } });
    const [here, there] = [openBrowser(serving.app.httpUrl), openBrowser(node.httpUrl)];
    await here.follow('/session/sign-in');
    await there.follow('/session/sign-in');
    const records = signinStore(node.kit.database.db);
    const kept = async (id: string) =>
      (await records.findRecord('RefreshToken', 'id', id, node.kit.runtime.realClock.now())) !== null;
    await records.saveRecord('RefreshToken', 'own', { accountId: serving.administrator.id }, null);
    await records.saveRecord('RefreshToken', 'of another', { accountId: newId() }, null);
    expect((await here.send('POST', '/session/sign-out', { everywhere: true })).status).toBe(200);
    expect(await here.session()).toEqual({ signedIn: false });
    expect(await there.session()).toEqual({ signedIn: false });
    expect([await kept('own'), await kept('of another')]).toEqual([false, true]);
    const audit = async () => {
      const updates = "activityDisplayName eq 'Update StsRefreshTokenValidFrom Timestamp'";
      return (await serving.call('GET', `/auditLogs/directoryAudits?$filter=${updates}`)).body['value'];
    };
    // Tokens of the very second in which all of hers ended are worth nothing either.
    await expect
      .poll(audit, { timeout: 30_000, interval: 200 })
      .toMatchObject([{ initiatedBy: { user: { id: serving.administrator.id } } }]);
  });
});
