import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.ts';
import { type OutsideProvider, openOutsideProvider } from '../outside-provider.ts';
import { openServing, type Serving } from '../serving.ts';
import { openPlay } from './play.ts';

describe('a server behind a proxy that takes https off', () => {
  const publicUrl = 'https://access.example.com';
  let provider: OutsideProvider;
  let serving: Serving;
  beforeAll(async () => {
    provider = await openOutsideProvider();
    await provider.register([publicUrl]);
    serving = await openServing('embedded', {
      SALLYPORT_URL: publicUrl,
      SALLYPORT_OIDC_ISSUER: provider.issuer,
      SALLYPORT_OIDC_CLIENT_ID: provider.clientId,
      SALLYPORT_OIDC_CLIENT_SECRET: provider.clientSecret,
    });
  });
  afterAll(async () => {
    await serving?.close();
    await provider?.close();
  });

  const ask = async (path: string, options: RequestOptions): Promise<IncomingMessage> => {
    const sent = request(serving.app.httpUrl + path, options);
    sent.end();
    const [response] = await once(sent, 'response');
    response.resume();
    return response;
  };

  it('signs in at its public address, with cookies for https alone', async () => {
    const { headers } = await ask('/session/sign-in', { headers: { host: 'access.example.com' } });
    const redirectUri = new URL(headers.location ?? '').searchParams.get('redirect_uri');
    expect(redirectUri).toBe(`${publicUrl}/session/callback`);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-sallyport-sign-in-[\w-]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=1800$/,
      ),
    ]);
  });

  it('leads whoever used another name to the public one', async () => {
    const { headers } = await ask('/session/sign-in?returnTo=%2Fa', { headers: { host: 'evil.example' } });
    expect(headers.location).toBe(`${publicUrl}/session/sign-in?returnTo=%2Fa`);
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('has nothing of a rehearsal: nobody is signed in without the provider', async () => {
    const browser = openBrowser(serving.app.httpUrl);
    for (const path of ['/rehearsal/sign-in', '/rehearsal/mfa', '/rehearsal/token', '/rehearsal/clock']) {
      expect((await browser.send('POST', path, { user: serving.administrator.userPrincipalName })).status).toBe(404);
    }
    expect(await browser.session()).toEqual({ signedIn: false });
  });
});

describe('a browser at the https port', () => {
  it('gets cookies that plain http can neither read nor set', async () => {
    const play = await openPlay('embedded');
    const sent = requestSecurely(`${play.app.url}/rehearsal/sign-in`, {
      method: 'POST',
      ca: await readFile(play.app.caPath),
      headers: { 'content-type': 'application/json' },
    });
    sent.end(JSON.stringify({ user: 'requestor' }));
    const [response] = await once(sent, 'response');
    response.resume();
    const port = new URL(play.app.url).port;
    const [cookie = ''] = response.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      new RegExp(`^__Host-sallyport-session-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure$`),
    );
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
    expect(await openBrowser(play.url, new Map([[name, value]])).session()).toEqual({ signedIn: false });
    await play.close();
  });
});
