import { type FastifyInstance, fastify } from 'fastify';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import { heldClock, issuerBase, newApp, quickClock, setStanding, signinOver, tenantId } from '../../../test/signin.ts';
import { newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Database } from '../../platform/database.ts';
import type { Signin } from '../index.ts';

const graphScope = 'https://graph.microsoft.com/.default';
const http = 'http://localhost:8080';
const issuer = `${issuerBase}/${tenantId}/v2.0`;

let database: Database;
let signin: Signin;
let app: FastifyInstance;
let registered: Awaited<ReturnType<typeof newApp>>;

beforeAll(async () => {
  database = await freshDatabase('embedded');
  // The provider reads the machine's clock for what it signs.
  signin = signinOver(database, quickClock(), { otherBaseUrls: () => [http] });
  registered = await newApp(database);
  app = fastify();
  await app.register(signin.plugin);
});
afterAll(async () => {
  await app.close();
  await database.close();
});

type Form = Readonly<Record<string, string | undefined>>;

async function ask(changes: Form = {}, headers: Record<string, string> = {}, tenant = tenantId) {
  const form: Form = {
    grant_type: 'client_credentials',
    client_id: registered.app.appId,
    client_secret: registered.secret,
    scope: graphScope,
    ...changes,
  };
  const pairs = Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const response = await app.inject({
    method: 'POST',
    url: `/${tenant}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(pairs).toString(),
  });
  return { status: response.statusCode, body: response.json(), headers: response.headers };
}

const verify = (token: string) => signin.verifyBearer(`Bearer ${token}`);

describe('client credentials', () => {
  it('get a token for our API, with the permissions of the app', async () => {
    const { status, body, headers } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 3599 });
    expect(headers['cache-control']).toBe('no-store');
    const { id, appId } = registered.app;
    const claims = decodeJwt(body.access_token);
    expect(claims).toEqual({
      iss: issuer,
      aud: 'https://graph.microsoft.com',
      tid: tenantId,
      ver: '2.0',
      jti: expect.any(String),
      iat: expect.any(Number),
      nbf: claims.iat,
      exp: Number(claims.iat) + 3599,
      idtyp: 'app',
      oid: id,
      sub: id,
      appid: appId,
      appidacr: '1',
      azp: appId,
      azpacr: '1',
      app_displayname: 'Pipeline',
      credential_id: expect.any(String),
      roles: ['EntitlementManagement.ReadWrite.All'],
    });
    expect(orRefuse(await verify(body.access_token))).toEqual({ kind: 'app', ...registered.app });
  });

  it('get the same token that the issuer mints', async () => {
    const provided = decodeJwt((await ask()).body.access_token);
    const minted = decodeJwt(orRefuse(await signin.issuer.mintAppToken(registered.app.appId)).access_token);
    // Minted ones were got by no secret.
    const { jti: _a, iat: _b, nbf: _c, exp: _d, credential_id: _e, ...same } = provided;
    expect(minted).toMatchObject(same);
    const names = Object.keys(provided).filter((name) => name !== 'credential_id');
    expect(Object.keys(minted).sort()).toEqual(names.sort());
  });

  it('may be sent as HTTP Basic', async () => {
    const { appId } = registered.app;
    const basic = Buffer.from(`${appId}:${registered.secret}`).toString('base64');
    const without = { client_id: undefined, client_secret: undefined };
    expect((await ask(without, { authorization: `Basic ${basic}` })).status).toBe(200);
  });

  it.each(['common', 'organizations', tenantId.toUpperCase()])('are taken at /%s', async (tenant) => {
    expect((await ask({}, {}, tenant)).status).toBe(200);
  });

  it.each([
    ['00000003-0000-0000-c000-000000000000/.default', 'https://graph.microsoft.com'],
    [`${issuerBase}/.default`, issuerBase],
    [`${http}//.default`, http],
  ])('for %s get the audience %s', async (scope, aud) => {
    const { access_token } = (await ask({ scope })).body;
    expect(decodeJwt(access_token).aud).toBe(aud);
    expect((await verify(access_token)).is).toBe('accepted');
  });

  it("for another app's API get a token without our permissions, which our API refuses", async () => {
    const other = await newApp(database);
    const { access_token, expires_in } = (await ask({ scope: `api://${other.app.appId}/.default` })).body;
    expect(expires_in).toBe(50);
    const claims = decodeJwt(access_token);
    expect(claims.aud).toBe(`api://${other.app.appId}`);
    expect(Number(claims.exp) - Number(claims.iat)).toBe(50);
    expect(claims.roles).toBeUndefined();
    expect((await verify(access_token)).is).toBe('refused');
  });

  it('see a change of permissions in the next token', async () => {
    const changed = await newApp(database);
    await sql`update signin_app set permissions = '["Group.Read.All"]' where id = ${changed.app.id}`.execute(
      database.db,
    );
    const { body } = await ask({ client_id: changed.app.appId, client_secret: changed.secret });
    expect(decodeJwt(body.access_token).roles).toEqual(['Group.Read.All']);
  });
});

describe('client credentials are refused', () => {
  const cases: [string, Form, number, string, number][] = [
    ['with a wrong secret', { client_secret: 'not-the-secret-of-this-app' }, 401, 'invalid_client', 7000215],
    ['without a secret', { client_secret: undefined }, 401, 'invalid_client', 7000218],
    ['of an unknown app', { client_id: newId() }, 400, 'unauthorized_client', 700016],
    ['of what is no application id', { client_id: "x' or true" }, 400, 'unauthorized_client', 700016],
    ['without a scope', { scope: undefined }, 400, 'invalid_request', 900144],
    ['without a grant type', { grant_type: undefined }, 400, 'invalid_request', 900144],
    ['for a single permission', { scope: 'https://graph.microsoft.com/User.Read' }, 400, 'invalid_scope', 70011],
    ['for two scopes', { scope: `${graphScope} ${graphScope}` }, 400, 'invalid_scope', 70011],
    ['for an unknown resource', { scope: 'https://example.com/.default' }, 400, 'invalid_resource', 500011],
    ['for the API of no app', { scope: `api://${newId()}/.default` }, 400, 'invalid_resource', 500011],
    ['for another resource than the scope', { resource: 'https://example.com' }, 400, 'invalid_request', 901002],
    ['with a flow that is not offered', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['with a code', { grant_type: 'authorization_code' }, 400, 'invalid_request', 900144],
  ];
  it.each(cases)('%s', async (_, changes, status, error, code) => {
    const correlation = newId();
    const answer = await ask(changes, { 'client-request-id': correlation, accept: 'text/html' });
    expect(answer).toMatchObject({ status, body: { error, error_codes: [code], correlation_id: correlation } });
    expect(answer.body.error_description).toContain(`AADSTS${code}:`);
    expect(answer.body.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  });

  it('at an unknown tenant', async () => {
    const answer = await ask({}, {}, newId());
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_tenant', error_codes: [90002] } });
  });

  it('with the stored hash instead of the secret', async () => {
    const { rows } = await sql<{ secret_hash: string }>`select secret_hash from signin_credential`.execute(database.db);
    const answers = await Promise.all(rows.map((row) => ask({ client_secret: row.secret_hash })));
    expect(answers.map(({ status }) => status)).toEqual(rows.map(() => 401));
  });

  it('once the app is gone', async () => {
    const { app: gone, secret } = await newApp(database);
    await sql`delete from signin_credential where app_id = ${gone.id}`.execute(database.db);
    await sql`delete from signin_app where id = ${gone.id}`.execute(database.db);
    expect((await ask({ client_id: gone.appId, client_secret: secret })).status).toBe(400);
  });
});

describe('the metadata', () => {
  const get = async (url: string, host = 'localhost:8080') => (await app.inject({ url, headers: { host } })).json();

  it('names endpoints at the address that the client used', async () => {
    const document = await get(`/common/v2.0/.well-known/openid-configuration`);
    expect(document).toMatchObject({
      issuer,
      token_endpoint: `${http}/common/oauth2/v2.0/token`,
      jwks_uri: `${http}/common/discovery/v2.0/keys`,
      authorization_endpoint: `${http}/common/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${http}/common/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${http}/common/oauth2/v2.0/logout`,
    });
  });

  it('takes no address from a made-up Host header', async () => {
    const document = await get(`/${tenantId}/v2.0/.well-known/openid-configuration`, 'attacker.example');
    expect(document.token_endpoint).toBe(`${issuerBase}/${tenantId}/oauth2/v2.0/token`);
  });

  it('publishes the public keys only, and they verify the tokens', async () => {
    const jwks = await get(`/${tenantId}/discovery/v2.0/keys`);
    expect(jwks.keys).toHaveLength(1);
    expect(Object.keys(jwks.keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    const { access_token } = (await ask()).body;
    const { payload } = await jwtVerify(access_token, createLocalJWKSet(jwks), { issuer });
    expect(payload.appid).toBe(registered.app.appId);
  });

  it('offers nothing else of the provider', async () => {
    const elsewhere = [
      '/auth',
      '/me',
      '/request',
      '/session/end',
      '/token',
      '/device',
      '/.well-known/openid-configuration',
    ];
    const answers = await Promise.all(elsewhere.map((path) => app.inject({ url: `/${tenantId}${path}` })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(elsewhere.map(() => 404));
  });
});

describe.each(databaseKinds)('sign-in on a %s database', (kind) => {
  it('starts on several nodes at once with one key', async () => {
    const shared = await freshDatabase(kind);
    const clock = heldClock();
    const nodes = [1, 2, 3].map(() => signinOver(shared, clock));
    const user = { id: newId(), userPrincipalName: 'a@sallyport.example', displayName: 'A' };
    await setStanding(shared, user.id);
    const tokens = await Promise.all(
      nodes.map((node) => node.issuer.mintUserToken({ user, mfa: false, appId: newId() })),
    );
    for (const node of nodes) {
      for (const { access_token } of tokens) {
        expect((await node.verifyBearer(`Bearer ${access_token}`)).is).toBe('accepted');
      }
    }
    await shared.close();
  });
});
