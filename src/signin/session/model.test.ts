import { describe, expect, test } from 'vitest';
import { addressOf } from './address.ts';
import { cookiesAt } from './cookie.ts';
import { type CookieCall, decideCookieCall } from './guard.ts';
import { endsOf, isAlive, localPath } from './model.ts';

const at = (time: string) => Temporal.Instant.from(`2030-01-01T${time}Z`);

describe('a session', () => {
  const lifetimes = { idle: Temporal.Duration.from('PT1H'), absolute: Temporal.Duration.from('PT12H') };

  test('ends an hour after its last use, and twelve after the sign-in', () => {
    const used = { createdAt: at('08:00:00'), usedAt: at('09:00:00') };
    expect(endsOf(used, lifetimes)).toEqual({ idleExpiresAt: at('10:00:00'), expiresAt: at('20:00:00') });
    expect(isAlive(used, lifetimes, at('09:59:59.999999'))).toBe(true);
    expect(isAlive(used, lifetimes, at('10:00:00'))).toBe(false);
    const busy = { createdAt: at('08:00:00'), usedAt: at('19:59:00') };
    expect(endsOf(busy, lifetimes).idleExpiresAt).toEqual(at('20:00:00'));
    expect(isAlive(busy, lifetimes, at('20:00:00'))).toBe(false);
  });
});

describe('where to go after signing in', () => {
  test.each(['/', '/my-roles', '/admin/groups?filter=a%20b#top', '/sessions', '/?next=https://evil.example'])(
    '%s is ours',
    (path) => {
      expect(localPath(path)).toBe(path);
    },
  );

  test.each([
    null,
    '',
    'my-roles',
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/a\\..\\..//evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/a b',
    ' /a',
    'javascript:alert(1)',
    '/\u0000',
    '/session/sign-in?returnTo=/',
    '/x/../session/sign-out',
    '/interaction/abc',
    '/rehearsal/sign-in',
    '/sign-in-failed?code=x',
    `/${'a'.repeat(2_000)}`,
  ])('%j is not', (path) => {
    expect(localPath(path)).toBe('/');
  });
});

describe('a cookie', () => {
  test('is nobody else’s: no script, no other site, over https no other host and nothing but https', () => {
    expect(cookiesAt('https://access.example.com').set('session', 'x')).toBe(
      '__Host-sallyport-session=x; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
    expect(cookiesAt('http://localhost:8080').set('session', 'x', 60)).toBe(
      'sallyport-session-8080=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=60',
    );
    expect(cookiesAt('https://localhost:8443').clear('session')).toBe(
      '__Host-sallyport-session-8443=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
    );
  });

  test('is read under its own name, if it says one thing', () => {
    const { read } = cookiesAt('https://access.example.com');
    expect(read('session', 'a=b; __Host-sallyport-session=x;c=d')).toBe('x');
    expect(read('session', 'sallyport-session=x; x__Host-sallyport-session=y')).toBeNull();
    expect(read('session', '__Host-sallyport-session=x; __Host-sallyport-session=y')).toBeNull();
    expect(read('session', undefined)).toBeNull();
  });
});

describe('an address of ours', () => {
  const baseUrls = ['https://access.example.com', 'http://localhost:8080'];

  test.each([
    ['https://access.example.com', 'https://access.example.com', true],
    ['http://localhost:8080', 'http://localhost:8080', true],
    // A proxy takes https off: what the browser sees is the public address.
    ['http://access.example.com', 'https://access.example.com', true],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', false],
    ['https://evil.example', 'https://evil.example', false],
    ['http://', 'http://unknown.invalid', false],
  ])('%s is %s', (reachedAt, origin, isKnown) => {
    expect(addressOf(reachedAt, baseUrls)).toMatchObject({ origin, isKnown });
  });
});

describe('a call with a cookie', () => {
  const ownOrigin = 'https://localhost:8443';
  const rightly: CookieCall = { method: 'POST', fetchSite: 'same-origin', origin: ownOrigin, ownOrigin, csrf: 'right' };
  const codeOf = (change: Partial<CookieCall>) => {
    const outcome = decideCookieCall({ ...rightly, ...change });
    return outcome.is === 'refused' ? outcome.refusal.code : 'accepted';
  };
  const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'get'];
  const sites = [undefined, 'same-origin', 'none', 'same-site', 'cross-site', 'else'];
  const origins = [undefined, 'null', ownOrigin, 'http://localhost:8443', 'https://localhost', 'https://evil.example'];
  const tokens = ['missing', 'other', 'right'] as const;
  const every = sites.flatMap((fetchSite) =>
    origins.flatMap((origin) => tokens.map((csrf) => ({ fetchSite, origin, csrf }))),
  );

  test.each(methods)('%s is accepted from pages of ours, and if it changes something only with the token', (method) => {
    const isSafe = ['GET', 'HEAD', 'OPTIONS'].includes(method);
    const isAccepted = ({ fetchSite, origin, csrf }: (typeof every)[number]) =>
      [undefined, 'same-origin', 'none'].includes(fetchSite) && (isSafe || (origin === ownOrigin && csrf === 'right'));
    expect(every.filter((one) => codeOf({ method, ...one }) === 'accepted')).toEqual(every.filter(isAccepted));
  });

  test('is refused for its page, then for its origin, then for its token', () => {
    const [fetchSite, origin] = ['cross-site', 'https://evil.example'];
    expect(codeOf({ fetchSite, origin, csrf: 'missing' })).toBe('CrossSiteRequestNotAllowed');
    expect(codeOf({ fetchSite: 'same-site' })).toBe('CrossSiteRequestNotAllowed');
    expect(codeOf({ origin, csrf: 'missing' })).toBe('OriginNotAllowed');
    expect(codeOf({ csrf: 'missing' })).toBe('CsrfTokenMissing');
    expect(codeOf({ csrf: 'other' })).toBe('CsrfTokenNotValid');
  });
});
