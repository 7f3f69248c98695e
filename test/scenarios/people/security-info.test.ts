import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Body, Browser, Page } from '../../browser.ts';
import { type Credentials, codeAt, codeOf, goodPassword, signingIn } from '../../people.ts';
import { openPeople, type PeopleStage, type Someone } from './stage.ts';

const mine = '/sallyport/me/authentication';

describe('security info', () => {
  let stage: PeopleStage;
  let person: Someone;
  let credentials: Credentials;
  let browser: Browser;

  beforeAll(async () => {
    stage = await openPeople('embedded');
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    person = await stage.newPerson();
    credentials = await stage.enrol(person);
    browser = stage.browser();
    await stage.signIn(await signingIn(browser), credentials);
  });

  const as = (method: string, path: string, body?: object): Promise<Page> => browser.send(method, mine + path, body);
  const told = async (who: Someone) => (await stage.audit(who)).map(({ activityDisplayName }) => activityDisplayName);

  it('says what the person signs in with', async () => {
    expect((await browser.get(mine)).body).toMatchObject({
      isBuiltIn: true,
      hasPassword: true,
      hasAuthenticatorApp: true,
      recoveryCodesLeft: 10,
      passkeys: [],
    });
  });

  it('takes another password, and another authenticator app', async () => {
    expect(codeOf(await as('POST', '/changePassword', { password: 'short' }))).toBe('PasswordTooShort');
    expect((await as('POST', '/changePassword', { password: `${goodPassword} anew` })).status).toBe(204);
    const { secret, address } = (await as('POST', '/authenticatorAppSecret')).body as unknown as Body;
    expect(String(address)).toContain(String(secret));
    expect(codeOf(await as('POST', '/authenticatorApp', { code: 'abcdef' }))).toBe('AuthenticatorCodeWrong');
    const code = codeAt(String(secret), stage.clock.now());
    const { status, body } = await as('POST', '/authenticatorApp', { code });
    expect([status, body['recoveryCodes']]).toEqual([200, expect.any(Array)]);
    const page = await signingIn(stage.browser());
    const name = { userPrincipalName: person.userPrincipalName };
    expect(codeOf(await page.show('password', { ...name, password: goodPassword }))).toBe('SignInPasswordWrong');
    await page.show('password', { ...name, password: `${goodPassword} anew` });
    stage.clock.pass(30);
    const next = codeAt(String(secret), stage.clock.now());
    expect((await page.show('totp', { code: next })).body).toMatchObject({ step: 'done' });
    expect(await told(person)).toContain('Change password (self-service)');
  });

  it('gives names to passkeys that are there, and to no others', async () => {
    const renamed = await as('PATCH', '/passkeys/none', { displayName: 'Blue key' });
    expect([renamed.status, codeOf(renamed)]).toEqual([404, 'ResourceNotFound']);
    expect(codeOf(await as('PATCH', '/passkeys/none', { displayName: '  ' }))).toBe('PropertyRequired');
    expect((await as('PATCH', '/passkeys/none', {})).status).toBe(400);
  });

  it('keeps what is the last to sign in with', async () => {
    expect(codeOf(await as('DELETE', '/authenticatorApp'))).toBe('LastAuthenticationMethod');
  });

  it('makes passkeys at addresses of ours', async () => {
    const options = await as('POST', '/passkeyOptions', { origin: new URL(browser.url).origin });
    expect(options.body).toMatchObject({
      rp: { id: 'localhost', name: 'Sallyport' },
      user: { name: person.userPrincipalName },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(codeOf(await as('POST', '/passkeyOptions', { origin: 'https://evil.example' }))).toBe('AddressNotOurs');
    expect(codeOf(await as('POST', '/passkeys', { response: { id: 'x' } }))).toBe('PasskeyNotMade');
  });

  it('wants a second factor of the last quarter of an hour', async () => {
    stage.clock.pass(15 * 60);
    const refused = await as('POST', '/changePassword', { password: `${goodPassword} anew` });
    expect([refused.status, codeOf(refused)]).toEqual([403, 'SignInNotFresh']);
    const challenge = /claims="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1] ?? '';
    expect(JSON.parse(atob(challenge))).toEqual({ access_token: { amr: { essential: true, values: ['mfa'] } } });
    const page = await signingIn(browser, '/session/sign-in?returnTo=/security&mfa=true');
    expect((await page.step()).body).toMatchObject({ step: 'secondFactor', isStepUp: true });
    const done = await page.show('totp', { code: codeAt(credentials.totpSecret, stage.clock.now()) });
    expect((await page.follow(done)).pathname).toBe('/security');
    expect((await as('POST', '/changePassword', { password: `${goodPassword} anew` })).status).toBe(204);
  });

  it('is looked after by administrators: a link, and a reset', async () => {
    const { serving } = stage;
    const of = (path: string) => `/sallyport/users/${person.id}/${path}`;
    const link = await serving.call('POST', of('signInLink'), { lasts: 'PT10M' });
    expect(String(link.body['url'])).toMatch(/^http:\/\/localhost:\d+\/sign-in-link#[\w-]{43}$/);
    expect((await serving.call('POST', of('signInLink'), { lasts: 'P30D' })).body).toMatchObject({
      error: { code: 'DurationNotValid' },
    });
    expect((await serving.call('POST', of('resetAuthentication'))).status).toBe(204);
    expect((await serving.call('GET', of('authentication'))).body).toMatchObject({
      hasPassword: false,
      hasAuthenticatorApp: false,
      recoveryCodesLeft: 0,
    });
    expect(await browser.session()).toEqual({ signedIn: false });
    const page = await signingIn(stage.browser());
    // What was reset is reset for good: the link from before is gone with it.
    expect(codeOf(await page.show('link', { secret: String(link.body['url']).split('#')[1] }))).toBe(
      'SignInLinkNotValid',
    );
    const names = await told(person);
    expect(names).toEqual(expect.arrayContaining(['Admin registered security info', 'Admin deleted security info']));
    // An administrator cannot come in as somebody else unseen by them.
    expect(await stage.mailTo(person)).toEqual(
      expect.arrayContaining([
        'A one-time link to sign in as you was made',
        'What you sign in with was taken away',
        'Another way to sign in as you was registered',
      ]),
    );
  });

  it('is looked after by nobody for themselves', async () => {
    const { serving } = stage;
    for (const path of ['signInLink', 'resetAuthentication']) {
      const { status, body } = await serving.call('POST', `/sallyport/users/${serving.administrator.id}/${path}`, {});
      expect([status, body['error']?.['code']], path).toEqual([403, 'OwnSignInNotManaged']);
    }
  });

  it('is of no use once the person is signed out everywhere', async () => {
    const signedOut = await stage.serving.call('POST', `/users/${person.id}/revokeSignInSessions`);
    expect([signedOut.status, signedOut.body]).toMatchObject([200, { value: true }]);
    expect(await browser.session()).toEqual({ signedIn: false });
  });
});
