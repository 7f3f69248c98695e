import { generateKeyPairSync } from 'node:crypto';
import {
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  exportSPKI,
  importJWK,
  importPKCS8,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../test/postgres.ts';
import {
  type HeldClock,
  heldClock,
  issuerBase,
  newApp,
  setStanding,
  signinOver,
  tenantId,
} from '../../../test/signin.ts';
import { newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Database } from '../../platform/database.ts';
import type { RegisteredApp, Signin } from '../index.ts';
import { peopleStore } from '../people/store.ts';

const user = { id: newId(), userPrincipalName: 'requestor@sallyport.example', displayName: 'Riley Requestor' };
const appId = newId();

let database: Database;
let clock: HeldClock;
let signin: Signin;
let registered: RegisteredApp;
let token: string;
let signingKey: JWK;

beforeAll(async () => {
  database = await freshDatabase('embedded');
  clock = heldClock();
  signin = signinOver(database, clock);
  registered = await newApp(database);
  await setStanding(database, user.id);
  token = (await signin.issuer.mintUserToken({ user, mfa: true, appId })).access_token;
  const { rows } = await sql<{ jwk: JWK }>`select jwk from signin_key`.execute(database.db);
  signingKey = rows[0]?.jwk ?? {};
});
afterAll(() => database.close());

const verify = (text: string) => signin.verifyBearer(`Bearer ${text}`);

/** Signs with our own key, as nobody but us could: what is then refused is refused for what it says. */
async function signedByUs(changes: JWTPayload, header: { typ?: string; kid?: string } = {}): Promise<string> {
  const key = (await importJWK(signingKey, 'RS256')) as CryptoKey;
  const protectedHeader = { ...decodeProtectedHeader(token), alg: 'RS256', ...header };
  return new SignJWT({ ...decodeJwt(token), ...changes }).setProtectedHeader(protectedHeader).sign(key);
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('a bearer token', () => {
  it('of a person names the person, and when MFA was proven', async () => {
    expect(orRefuse(await verify(token))).toEqual({
      kind: 'user',
      ...user,
      appId,
      mfaAt: clock.now(),
      authenticationContexts: [],
    });
  });

  it('of a person names the authentication contexts that the sign-in satisfied', async () => {
    const { access_token } = await signin.issuer.mintUserToken({ user, mfa: true, contexts: ['c1', 'c7'], appId });
    expect(decodeJwt(access_token)).toMatchObject({ acrs: ['c1', 'c7'] });
    expect(orRefuse(await verify(access_token))).toMatchObject({ authenticationContexts: ['c1', 'c7'] });
    expect(orRefuse(await verify(await signedByUs({ acrs: 'c1' })))).toMatchObject({ authenticationContexts: [] });
  });

  it('of a person without MFA says so', async () => {
    const plain = await signin.issuer.mintUserToken({ user, mfa: false, appId });
    expect(orRefuse(await verify(plain.access_token))).toMatchObject({ kind: 'user', mfaAt: null });
  });

  it('of an app names the app, with the permissions that it has now', async () => {
    const { app } = registered;
    const { access_token } = orRefuse(await signin.issuer.mintAppToken(app.appId));
    expect(orRefuse(await verify(access_token))).toEqual({ kind: 'app', ...app });
    await sql`update signin_app set permissions = '[]' where id = ${app.id}`.execute(database.db);
    expect(orRefuse(await verify(access_token))).toMatchObject({ permissions: [] });
  });

  it('has the claims that Entra gives', () => {
    expect(decodeJwt(token)).toMatchObject({
      iss: `${issuerBase}/${tenantId}/v2.0`,
      aud: 'https://graph.microsoft.com',
      tid: tenantId,
      idtyp: 'user',
      oid: user.id,
      upn: user.userPrincipalName,
      preferred_username: user.userPrincipalName,
      name: user.displayName,
      appid: appId,
      amr: ['pwd', 'mfa'],
      ver: '2.0',
    });
  });

  it.each(['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000', issuerBase])(
    'is taken for the audience %s',
    async (aud) => {
      expect((await verify(await signedByUs({ aud }))).is).toBe('accepted');
    },
  );

  it('holds until its end and a few seconds of skew, in real time', async () => {
    const short = (await signin.issuer.mintUserToken({ user, mfa: true, appId, lifetime: 60 })).access_token;
    clock.pass(64);
    expect((await verify(short)).is).toBe('accepted');
    clock.pass(1);
    expect(await verify(short)).toMatchObject({ refusal: { code: 'InvalidAuthenticationToken' } });
    clock.pass(-65);
  });

  it('works at another node, and after a restart', async () => {
    expect((await signinOver(database, clock).verifyBearer(`bearer ${token}`)).is).toBe('accepted');
  });
});

describe('refused as InvalidAuthenticationToken:', () => {
  const cases: [string, () => Promise<string | undefined> | string | undefined][] = [
    ['no header', () => undefined],
    ['an empty header', () => ''],
    ['another scheme', () => `Basic ${Buffer.from('a:b').toString('base64')}`],
    ['no token', () => 'Bearer'],
    ['what is no JWT', () => 'Bearer abc'],
    ['two tokens', () => `Bearer ${token} ${token}`],
    [
      'algorithm none',
      () => `Bearer ${encode({ ...decodeProtectedHeader(token), alg: 'none' })}.${token.split('.')[1]}.`,
    ],
    [
      'HS256 with our public key as the secret',
      async () => {
        const { kty, n, e } = signingKey;
        const publicKey = (await importJWK({ kty, n, e } as JWK, 'RS256', { extractable: true })) as CryptoKey;
        const header = { ...decodeProtectedHeader(token), alg: 'HS256' };
        const jwt = new SignJWT(decodeJwt(token)).setProtectedHeader(header);
        return `Bearer ${await jwt.sign(Buffer.from(await exportSPKI(publicKey)))}`;
      },
    ],
    [
      'another key under our key id',
      async () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const key = await importPKCS8(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'RS256');
        const header = { ...decodeProtectedHeader(token), alg: 'RS256' };
        return `Bearer ${await new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(key)}`;
      },
    ],
    [
      'a key that the token brings along',
      async () => {
        const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const key = await importPKCS8(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'RS256');
        const header = { alg: 'RS256', typ: 'at+jwt', jwk: publicKey.export({ format: 'jwk' }) as JWK };
        return `Bearer ${await new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(key)}`;
      },
    ],
    ['an unknown key id', async () => `Bearer ${await signedByUs({}, { kid: 'other' })}`],
    ['another type of signed text', async () => `Bearer ${await signedByUs({}, { typ: 'JWT' })}`],
    [
      'claims altered after signing',
      () => {
        const [header, , signature] = token.split('.');
        return `Bearer ${header}.${encode({ ...decodeJwt(token), oid: newId() })}.${signature}`;
      },
    ],
    ['another tenant', async () => `Bearer ${await signedByUs({ tid: newId() })}`],
    ['another issuer', async () => `Bearer ${await signedByUs({ iss: `${issuerBase}/${newId()}/v2.0` })}`],
    ['another audience', async () => `Bearer ${await signedByUs({ aud: `api://${newId()}` })}`],
    ['no audience', async () => `Bearer ${await signedByUs({ aud: undefined })}`],
    ['no end', async () => `Bearer ${await signedByUs({ exp: undefined })}`],
    ['an end that has passed', async () => `Bearer ${await signedByUs({ exp: 1 })}`],
    ['a beginning to come', async () => `Bearer ${await signedByUs({ nbf: Number(decodeJwt(token).nbf) + 60 })}`],
    ['neither user nor app', async () => `Bearer ${await signedByUs({ idtyp: 'device' })}`],
    ['an app that is not registered', async () => `Bearer ${await signedByUs({ idtyp: 'app', appid: newId() })}`],
    [
      'an app that was registered anew',
      async () => `Bearer ${await signedByUs({ idtyp: 'app', appid: registered.app.appId, oid: newId() })}`,
    ],
    [
      'a token of another database',
      async () => {
        const other = await freshDatabase('embedded');
        const { access_token } = await signinOver(other, clock).issuer.mintUserToken({ user, mfa: true, appId });
        await other.close();
        return `Bearer ${access_token}`;
      },
    ],
  ];

  it.each(cases)('%s', async (_, header) => {
    expect(await signin.verifyBearer(await header())).toMatchObject({
      is: 'refused',
      refusal: { kind: 'unauthenticated', code: 'InvalidAuthenticationToken' },
    });
  });

  it('says where to sign in, and names an error only for a token that was presented', async () => {
    const authority = `authorization_uri="${issuerBase}/${tenantId}/oauth2/v2.0/authorize"`;
    expect(await signin.challenge(false)).toBe(`Bearer realm="${tenantId}", ${authority}`);
    expect(await signin.challenge(true)).toContain('error="invalid_token"');
  });
});

describe('a bearer token ends with its account', () => {
  const revoke = (id: string, at: Temporal.Instant) => peopleStore(database.db).revokeTokens(id, at);
  const tokenFor = async (id: string) =>
    (await signin.issuer.mintUserToken({ user: { ...user, id }, mfa: true, appId })).access_token;
  const isTaken = async (text: string, at = signin) => (await at.verifyBearer(`Bearer ${text}`)).is === 'accepted';
  let id: string;
  beforeEach(async () => {
    id = newId();
    await setStanding(database, id);
  });

  it('when there is none any more, or never was', async () => {
    expect(await isTaken(await tokenFor(newId()))).toBe(false);
  });

  it('at once when it is disabled, at every node', async () => {
    const text = await tokenFor(id);
    expect(await isTaken(text)).toBe(true);
    await setStanding(database, id, false);
    expect(await isTaken(text)).toBe(false);
    expect(await isTaken(text, signinOver(database, clock))).toBe(false);
  });

  it('of an app too', async () => {
    const { app } = await newApp(database);
    const { access_token } = orRefuse(await signin.issuer.mintAppToken(app.appId));
    expect(await isTaken(access_token)).toBe(true);
    await setStanding(database, app.id, false);
    expect(await isTaken(access_token)).toBe(false);
  });

  it('when all of its tokens are revoked; those after count', async () => {
    const before = await tokenFor(id);
    clock.pass(1);
    await revoke(id, clock.now());
    expect(await isTaken(before)).toBe(false);
    expect(await isTaken(await tokenFor(id))).toBe(true);
  });

  it('for good: an earlier revocation that comes late takes nothing back', async () => {
    const before = await tokenFor(id);
    clock.pass(2);
    await revoke(id, clock.now());
    await revoke(id, clock.now().subtract({ seconds: 2 }));
    expect(await isTaken(before)).toBe(false);
  });

  it('by the sign-in that it comes from, whenever it was made itself', async () => {
    const { auth_time: signedInAt } = decodeJwt(await tokenFor(id));
    clock.pass(10);
    await revoke(id, clock.now());
    const late = await signedByUs({ oid: id, auth_time: signedInAt, iat: Number(signedInAt) + 11 });
    expect(await isTaken(late)).toBe(false);
  });
});
