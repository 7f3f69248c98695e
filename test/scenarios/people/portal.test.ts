import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, openBrowser } from '../../browser.ts';
import { type Credentials, codeAt, leadTo, type SigningIn, signingIn } from '../../people.ts';
import { databaseKinds } from '../../postgres.ts';
import { openPlay } from '../play.ts';
import { openPeople, type PeopleStage, type Someone } from './stage.ts';

describe.each(databaseKinds)('the portal and the built-in provider on %s', (kind) => {
  let stage: PeopleStage;
  let person: Someone;
  let credentials: Credentials;
  let browser: Browser;
  beforeAll(async () => {
    stage = await openPeople(kind);
    person = await stage.newPerson();
    credentials = await stage.enrol(person);
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    browser = stage.browser();
    await stage.signIn(await signingIn(browser), credentials);
  });

  const showCode = async (page: SigningIn) => {
    stage.clock.pass(30);
    return page.show('totp', { code: codeAt(credentials.totpSecret, stage.clock.now()) });
  };

  it('speak with each other on the address that the browser uses, plain or not', async () => {
    const { httpUrl, url, kit } = stage.serving.app;
    const out = await stage.browser().get('/session/sign-in');
    const authorize = new URL(out.location ?? '');
    expect(authorize.origin + authorize.pathname).toBe(`${httpUrl}/${kit.tenantId}/oauth2/v2.0/authorize`);
    expect(authorize.searchParams.get('redirect_uri')).toBe(`${httpUrl}/session/callback`);
    expect(url).toMatch(/^https:/);
  });

  it('know who it is, and that a second factor was proven', async () => {
    const session = await browser.session();
    expect(session).toMatchObject({ signedIn: true, user: { id: person.id }, rehearsal: false });
    expect(String(session['mfaAt'])).toMatch(/^20/);
    expect((await browser.get('/v1.0/me')).body).toMatchObject({ id: person.id });
  });

  it('let somebody in again without asking while the provider knows them', async () => {
    const before = new Map(browser.cookies);
    expect((await browser.follow('/session/sign-in?returnTo=%2Fmy-roles')).pathname).toBe('/my-roles');
    expect(await openBrowser(browser.url, before).session()).toEqual({ signedIn: false });
    expect((await browser.session())['signedIn']).toBe(true);
  });

  it('step up: out to the second factor and back, under a new id, for no longer', async () => {
    const before = await browser.session();
    const planted = new Map(browser.cookies);
    const page = await signingIn(browser, '/session/sign-in?mfa=true&returnTo=%2Fmy-roles%3Ftab%3Deligible');
    expect((await page.step()).body).toMatchObject({ step: 'secondFactor', isStepUp: true });
    const here = await page.follow(await showCode(page));
    expect(here.pathname + here.search).toBe('/my-roles?tab=eligible');
    const after = await browser.session();
    expect(after).toMatchObject({ user: before['user'], expiresAt: before['expiresAt'] });
    expect(String(after['mfaAt']) > String(before['mfaAt'])).toBe(true);
    expect(after['csrf']).not.toBe(before['csrf']);
    expect(await openBrowser(browser.url, planted).session()).toEqual({ signedIn: false });
  });

  it('step up to an authentication context', async () => {
    expect(await browser.session()).toMatchObject({ authenticationContexts: [] });
    const page = await signingIn(browser, '/session/sign-in?acrs=c1&returnTo=%2F');
    await page.follow(await showCode(page));
    expect(await browser.session()).toMatchObject({ authenticationContexts: ['c1'] });
  });

  it('ask anew where MFA has to be fresh', async () => {
    await stage.serving.call('PATCH', '/sallyport/settings', { mfaFreshness: 'PT10M' });
    const page = await signingIn(browser, '/session/sign-in?mfa=true');
    await page.follow(await showCode(page));
    const { mfaAt } = await browser.session();
    expect(Temporal.Instant.from(String(mfaAt)).until(stage.clock.now()).total('minutes')).toBeLessThan(10);
    await stage.serving.call('PATCH', '/sallyport/settings', { mfaFreshness: null });
  });

  it('forget somebody who signs out', async () => {
    const out = await browser.send('POST', '/session/sign-out', {});
    expect(out.body).toEqual({ signedIn: false, redirectTo: null });
    const page = await signingIn(browser);
    expect((await page.step()).body).toMatchObject({ step: 'firstFactor', account: null });
  });

  it('forget them everywhere, if they want that', async () => {
    const other = stage.browser();
    await stage.signIn(await signingIn(other), credentials);
    await browser.send('POST', '/session/sign-out', { everywhere: true });
    expect(await other.session()).toEqual({ signedIn: false });
    expect((await (await signingIn(other)).step()).body).toMatchObject({ step: 'firstFactor' });
  });

  it('leave other browsers signed in where somebody signs out in one', async () => {
    const other = stage.browser();
    await stage.signIn(await signingIn(other), credentials);
    await browser.send('POST', '/session/sign-out', {});
    expect((await other.session())['signedIn']).toBe(true);
    expect((await other.follow('/session/sign-in?returnTo=%2Fa')).pathname).toBe('/a');
  });

  it('shut out whose account is shut, also when it is opened again', async () => {
    await stage.setEnabled(person, false);
    expect(await browser.session()).toEqual({ signedIn: false });
    await stage.setEnabled(person, true);
    expect(await browser.session()).toEqual({ signedIn: false });
    expect((await (await signingIn(browser)).step()).body).toMatchObject({ step: 'firstFactor' });
  });
});

describe('a rehearsal', () => {
  it('takes the way of the built-in provider too, if it is asked to', async () => {
    const play = await openPlay('embedded');
    const browser = openBrowser(play.url);
    expect((await browser.get('/session/sign-in')).location).toBe('/rehearsal/sign-in?returnTo=%2F');
    expect(await leadTo(browser, '/session/sign-in?provider=builtin')).toMatch(/^\/interaction\//);
    await play.close();
  });
});
