import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, openBrowser } from '../browser.ts';
import { databaseKinds } from '../postgres.ts';
import { type Actor, openPlay, type Play } from './play.ts';

describe.each(databaseKinds)('a browser of the rehearsal on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let browser: Browser;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
  });
  afterAll(() => play?.close());
  beforeEach(() => {
    browser = openBrowser(play.url);
  });

  const signIn = (user: string, more: object = {}) => browser.send('POST', '/rehearsal/sign-in', { user, ...more });
  const newGroup = (displayName: string) => ({
    displayName,
    mailEnabled: false,
    mailNickname: displayName,
    securityEnabled: true,
  });

  it('is signed out at first, and may then be anyone', async () => {
    expect(await browser.session()).toEqual({ signedIn: false });
    expect((await browser.get('/v1.0/me')).status).toBe(401);
    const signedIn = await signIn('requestor');
    expect(signedIn.status).toBe(200);
    expect(await browser.session()).toEqual(signedIn.body);
    expect(signedIn.body).toEqual({
      signedIn: true,
      user: {
        id: play.idOf('requestor'),
        displayName: 'Rio Requestor',
        userPrincipalName: 'requestor@sallyport.example',
      },
      csrf: expect.stringMatching(/^[\w-]{43}$/),
      mfaAt: null,
      authenticationContexts: [],
      expiresAt: expect.any(String),
      idleExpiresAt: expect.any(String),
      rehearsal: true,
    });
    expect((await browser.get('/v1.0/me')).body).toMatchObject({ id: play.idOf('requestor') });
  });

  it('has a cookie that no script reads and no other site sends', async () => {
    const { headers } = await signIn('requestor');
    const port = new URL(play.url).port;
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(new RegExp(`^sallyport-session-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax$`)),
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('calls Graph, its batches and what is our own, as with a token', async () => {
    await signIn('admin', { mfa: true });
    const made = await browser.send('POST', '/v1.0/groups', newGroup('made-by-cookie'));
    expect(made.status).toBe(201);
    const batch = await browser.send('POST', '/v1.0/$batch', {
      requests: [
        { id: '1', method: 'GET', url: '/me' },
        { id: '2', method: 'DELETE', url: `/groups/${made.body['id']}` },
      ],
    });
    expect(batch.body['responses']).toMatchObject([{ status: 200 }, { status: 204 }]);
    expect((await browser.send('PATCH', '/sallyport/settings', { separationOfDuties: 'symmetric' })).status).toBe(200);
    const audit = await admin.get("/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Update tenant setting'");
    expect(audit.body['value']?.[0]).toMatchObject({ initiatedBy: { user: { id: play.idOf('admin') } } });
  });

  it.each<[string, Record<string, string>, string]>([
    ['of another site', { 'sec-fetch-site': 'cross-site' }, 'CrossSiteRequestNotAllowed'],
    ['at another port', { 'sec-fetch-site': 'same-site' }, 'CrossSiteRequestNotAllowed'],
    ['that names another origin', { origin: 'http://localhost:1' }, 'OriginNotAllowed'],
    ['without the token against forgery', { 'x-sallyport-csrf': '' }, 'CsrfTokenNotValid'],
    ['with another session’s token', { 'x-sallyport-csrf': 'a'.repeat(43) }, 'CsrfTokenNotValid'],
  ])('is refused to change anything for a page %s', async (_, headers, code) => {
    await signIn('admin', { mfa: true });
    for (const path of ['/v1.0/groups', '/v1.0/$batch', '/beta/groups', '/sallyport/settings', '/session/sign-out']) {
      const answer = await browser.send('POST', path, {}, headers);
      expect([answer.status, answer.body['error']?.['code']], path).toEqual([403, code]);
    }
    expect((await browser.session())['signedIn']).toBe(true);
  });

  it('is refused to change anything without origin or token', async () => {
    const { body } = await signIn('admin', { mfa: true });
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const codeOf = async (headers: Record<string, string>) => {
      const answer = await fetch(`${play.url}/v1.0/groups`, { method: 'POST', body: '{}', headers });
      return ((await answer.json()) as { error: { code: string } }).error.code;
    };
    expect(await codeOf({ cookie, 'x-sallyport-csrf': String(body['csrf']) })).toBe('OriginNotAllowed');
    expect(await codeOf({ cookie, origin: play.url })).toBe('CsrfTokenMissing');
  });

  it('reads nothing for a page of another site', async () => {
    await signIn('admin', { mfa: true });
    const answer = await browser.get('/v1.0/me', { 'sec-fetch-site': 'cross-site' });
    expect([answer.status, answer.body['error']?.['code']]).toEqual([403, 'CrossSiteRequestNotAllowed']);
  });

  it('is whoever the token names, when a token comes along', async () => {
    await signIn('requestor');
    const token = await (
      await fetch(`${play.url}/rehearsal/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user: 'ciso' }),
      })
    ).json();
    const authorization = `Bearer ${(token as { access_token: string }).access_token}`;
    const me = await browser.get('/v1.0/me', { authorization, 'sec-fetch-site': 'cross-site' });
    expect(me.body).toMatchObject({ id: play.idOf('ciso') });
    expect((await browser.get('/v1.0/me', { authorization: 'Bearer x' })).status).toBe(401);
  });

  it('proves a second factor with one click, under a new id', async () => {
    await signIn('requestor');
    const before = new Map(browser.cookies);
    const { csrf } = await browser.session();
    const proven = await browser.send('POST', '/rehearsal/mfa', { acrs: ['c1'] });
    expect(proven.body).toMatchObject({ signedIn: true, mfaAt: expect.any(String), authenticationContexts: ['c1'] });
    expect(proven.body['csrf']).not.toBe(csrf);
    expect(await openBrowser(play.url, before).session()).toEqual({ signedIn: false });
    expect(await browser.session()).toEqual(proven.body);
  });

  it('is nobody without signing in first, and signs in nobody who is not there', async () => {
    const codeOf = async (path: string, body: object) => {
      const answer = await browser.send('POST', path, body);
      return [answer.status, answer.body['error']?.['code']];
    };
    expect(await codeOf('/rehearsal/mfa', {})).toEqual([401, 'NotSignedIn']);
    expect(await codeOf('/rehearsal/sign-in', { user: 'nobody' })).toEqual([400, 'UserNotFound']);
    expect(await codeOf('/rehearsal/sign-in', { user: 'requestor', acrs: ['x'] })).toEqual([400, 'BadRequest']);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await browser.send('POST', '/rehearsal/sign-in', { user: 'requestor' }, form);
    expect(answer.status).toBe(400);
    const elsewhere = await browser.send(
      'POST',
      '/rehearsal/sign-in',
      { user: 'admin' },
      { origin: 'https://evil.example' },
    );
    expect(elsewhere.body['error']?.['code']).toBe('OriginNotAllowed');
  });

  it('is signed out when it signs out', async () => {
    await signIn('requestor');
    const before = new Map(browser.cookies);
    const out = await browser.send('POST', '/session/sign-out', {});
    expect([out.status, out.body]).toEqual([200, { signedIn: false, redirectTo: null }]);
    expect(browser.cookies.size).toBe(0);
    expect(await openBrowser(play.url, before).session()).toEqual({ signedIn: false });
    expect((await browser.send('POST', '/session/sign-out')).body).toEqual({ signedIn: false, redirectTo: null });
  });

  it('stays signed in through a reset', async () => {
    await signIn('helpdesk');
    await play.reset();
    expect((await browser.session())['signedIn']).toBe(true);
  });

  it('is signed out at once when the account is disabled, and not signed in again when it is enabled', async () => {
    await signIn('helpdesk');
    expect((await admin.patch(`/users/${play.idOf('helpdesk')}`, { accountEnabled: false })).status).toBe(204);
    expect(await browser.session()).toEqual({ signedIn: false });
    expect((await browser.get('/v1.0/me')).status).toBe(401);
    expect((await admin.patch(`/users/${play.idOf('helpdesk')}`, { accountEnabled: true })).status).toBe(204);
    expect(await browser.session()).toEqual({ signedIn: false });
  });

  it('is sent to choose whom to play, with where it was', async () => {
    const asked = await browser.get('/session/sign-in?returnTo=%2Fmy-roles%3Fa%3Db&mfa=true&acrs=c1');
    expect([asked.status, asked.location]).toEqual([
      302,
      '/rehearsal/sign-in?returnTo=%2Fmy-roles%3Fa%3Db&mfa=true&acrs=c1',
    ]);
    const elsewhere = await browser.get('/session/sign-in?returnTo=https%3A%2F%2Fevil.example');
    expect(elsewhere.location).toBe('/rehearsal/sign-in?returnTo=%2F');
  });
});
