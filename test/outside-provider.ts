import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { type Configuration, Provider, type JWK as ProviderJwk } from 'oidc-provider';

/** Whom the provider signs in next, and what it says of them. */
export interface Person {
  readonly sub: string;
  /** Claims beside those of the protocol. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly amr?: readonly string[];
  readonly acr?: string;
  /** Seconds since the beginning of 1970. */
  readonly authenticatedAt?: number;
}

/** A provider of somebody else's, for tests: a certified one, in which people sign in by being who the test says. */
export interface OutsideProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Makes our server known, by the addresses that it uses. */
  register(baseUrls: readonly string[]): Promise<void>;
  /** Says who signs in next; null refuses. */
  play(person: Person | null): void;
  /** Alters the claims of ID tokens before they are signed, by the provider's key or another; null for no more. */
  tamper(change: ((claims: JWTPayload) => JWTPayload) | null, key?: 'own' | 'other'): void;
  /** The parameters that it was last asked with. */
  asked(): URLSearchParams;
  close(): Promise<void>;
}

const [clientId, clientSecret] = ['sallyport', 'a-secret-of-the-outside-provider'];
const claimNames = ['sub', 'oid', 'acrs', 'amr', 'acr', 'auth_time', 'preferred_username'];

/** Opens a provider on a free port of the loopback. */
export async function openOutsideProvider(): Promise<OutsideProvider> {
  const jwk = await newKey();
  const other = await newKey();
  let provider: Provider | null = null;
  let next: Person | null = null;
  let known = new Map<string, Person>();
  let change: ((claims: JWTPayload) => JWTPayload) | null = null;
  let signedBy = jwk;
  let asked = new URLSearchParams();
  const server = createServer(async (request, response) => {
    if (provider === null) return void response.writeHead(503).end();
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/auth') asked = url.searchParams;
    if (!url.pathname.startsWith('/login/')) return provider.callback()(request, response);
    await provider.interactionFinished(request, response, resultOf(next));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  function resultOf(person: Person | null) {
    if (person === null) return { error: 'access_denied', error_description: 'The person said no' };
    known = new Map(known).set(person.sub, person);
    const { sub: accountId, amr, acr, authenticatedAt: ts } = person;
    return {
      login: {
        accountId,
        ...(amr === undefined ? {} : { amr: [...amr] }),
        ...(acr === undefined ? {} : { acr }),
        ...(ts === undefined ? {} : { ts }),
      },
    };
  }

  async function tampered(token: string): Promise<string> {
    const claims = change?.(decodeJwt(token)) ?? decodeJwt(token);
    const key = await importJWK(signedBy, 'RS256');
    return new SignJWT(claims).setProtectedHeader({ ...decodeProtectedHeader(token), alg: 'RS256' }).sign(key);
  }

  return {
    issuer,
    clientId,
    clientSecret,
    async register(baseUrls) {
      const { warn } = console;
      console.warn = () => undefined;
      provider = new Provider(
        issuer,
        configurationOf(baseUrls, jwk, (sub) => known.get(sub)),
      );
      console.warn = warn;
      provider.use(async (ctx, following) => {
        await following();
        const body = ctx.body as { id_token?: string };
        if (change !== null && ctx.oidc?.route === 'token' && body.id_token !== undefined) {
          ctx.body = { ...body, id_token: await tampered(body.id_token) };
        }
      });
    },
    play: (person) => {
      next = person;
    },
    tamper: (how, key = 'own') => {
      change = how;
      signedBy = key === 'own' ? jwk : other;
    },
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function configurationOf(
  baseUrls: readonly string[],
  jwk: JWK,
  personOf: (sub: string) => Person | undefined,
): Configuration {
  return {
    jwks: { keys: [jwk as ProviderJwk] },
    cookies: { keys: ['for tests alone'] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: baseUrls.map((url) => `${url}/session/callback`),
        post_logout_redirect_uris: baseUrls.map((url) => `${url}/`),
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: claimNames },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    acrValues: ['2'],
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    pkce: { required: () => true },
    interactions: { url: (_ctx, { uid }) => `/login/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...personOf(sub)?.claims }) }),
    // Everybody here has agreed to everything.
    async loadExistingGrant({ oidc }) {
      const before = await oidc.provider.Grant.find(oidc.session?.grantIdFor(clientId) ?? '');
      if (before !== undefined) return before;
      const grant = new oidc.provider.Grant({
        accountId: oidc.session?.accountId ?? '',
        clientId: oidc.client?.clientId ?? '',
      });
      grant.addOIDCScope('openid profile');
      grant.addOIDCClaims(claimNames);
      await grant.save();
      return grant;
    },
  };
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'outside', alg: 'RS256', use: 'sig' };
}
