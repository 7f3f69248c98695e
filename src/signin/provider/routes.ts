import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { newId } from '../../kernel/ids.ts';
import type { RealClock } from '../model.ts';
import type { Realm } from '../realm.ts';
import { addressOf } from '../session/address.ts';
import { algorithm } from '../tokens/keys.ts';
import { entraError, wireError } from './entra-error.ts';
import { withOAuthNames } from './entra-names.ts';
import { assertionAlgorithms, clientAuthMethods, grantTypes, idTokenClaims, openidScopes, paths } from './paths.ts';

interface Deps {
  readonly realm: () => Promise<Realm>;
  /** The provider as it is at one of our addresses. */
  readonly providerAt: (baseUrl: string) => Promise<Provider>;
  readonly clock: RealClock;
}

interface InTenant {
  Params: { tenant: string };
}

/** Names that mean "whichever tenant it is": there is one. */
const aliases = new Set(['common', 'organizations']);

/** What the provider says in a browser is pages of its own that lead on, and nothing around them. */
const policy = "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Mounts what works of the OpenID provider under `/{tenant}`, and nothing else: its other paths stay unreachable.
 * Register it in a scope of its own, for it takes request bodies unread.
 */
export async function providerRoutes(app: FastifyInstance, { realm, providerAt, clock }: Deps): Promise<void> {
  await app.register(async (scope) => {
    // The provider reads the body itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.addHook<InTenant>('preHandler', async (request, reply) => {
      const { tenantId } = await realm();
      const name = request.params.tenant.toLowerCase();
      if (name !== tenantId && !aliases.has(name)) {
        const message = `There is no tenant '${request.params.tenant}' here.`;
        return sendError(reply, 400, 'invalid_tenant', message);
      }
    });
    const { token, keys, authorize, device, deviceSignIn, logout } = paths;
    for (const path of [token, keys, device]) scope.options<InTenant>(`/:tenant${path}`, provide);
    for (const path of [token, device]) scope.post<InTenant>(`/:tenant${path}`, provide);
    scope.get<InTenant>(`/:tenant${keys}`, provide);
    scope.get<InTenant>(`/:tenant${paths.discovery}`, async (request, reply) => {
      reply.header('access-control-allow-origin', '*');
      return discovery(await realm(), request);
    });
    for (const path of [authorize, `${authorize}/:uid`, deviceSignIn, `${deviceSignIn}/:uid`]) {
      scope.get<InTenant>(`/:tenant${path}`, provide);
    }
    for (const path of [logout, `${logout}/success`]) scope.get<InTenant>(`/:tenant${path}`, provide);
    for (const path of [deviceSignIn, logout, `${logout}/confirm`]) scope.post<InTenant>(`/:tenant${path}`, provide);
  });

  async function provide(request: FastifyRequest<InTenant>, reply: FastifyReply): Promise<void> {
    const baseUrl = reachedAt(await realm(), request);
    const answer = (await providerAt(baseUrl)).callback();
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.setHeader('content-security-policy', policy);
    reply.raw.setHeader('referrer-policy', 'no-referrer');
    const raw = placed(request.raw, baseUrl);
    const url = raw.url ?? '/';
    // What the provider names addresses by: it takes what is before its own path for where it is mounted.
    Object.assign(raw, { originalUrl: url });
    raw.url = url.slice(url.indexOf('/', 1));
    const isForToken = raw.method === 'POST' && raw.url.split('?')[0] === paths.token;
    await answer(isForToken ? withOAuthNames(raw) : raw, reply.raw);
  }

  function sendError(reply: FastifyReply, status: number, error: string, message: string): FastifyReply {
    const ids = { trace: newId(), correlation: newId() };
    return reply.code(status).send(wireError(entraError(status, error, message), ids, clock.now()));
  }
}

/**
 * A request as one at an address of ours. INVARIANT: a made-up `Host`, and headers by which a proxy would say where it
 * was reached, get into no address that the provider names.
 */
export function placed(raw: IncomingMessage, baseUrl: string): IncomingMessage {
  const { protocol, host } = new URL(baseUrl);
  for (const name of Object.keys(raw.headers)) if (name.startsWith('x-forwarded-')) delete raw.headers[name];
  raw.headers.host = host;
  raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  return raw;
}

/** The metadata document: only what works. */
function discovery(realm: Realm, request: FastifyRequest<InTenant>) {
  const base = `${reachedAt(realm, request)}/${request.params.tenant}`;
  return {
    issuer: realm.issuer,
    authorization_endpoint: base + paths.authorize,
    token_endpoint: base + paths.token,
    device_authorization_endpoint: base + paths.device,
    end_session_endpoint: base + paths.logout,
    jwks_uri: base + paths.keys,
    grant_types_supported: Object.values(grantTypes),
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    scopes_supported: openidScopes,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [algorithm],
    token_endpoint_auth_methods_supported: clientAuthMethods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    code_challenge_methods_supported: ['S256'],
    claims_supported: [...new Set(['iss', 'aud', 'exp', 'iat', 'nonce', ...Object.values(idTokenClaims).flat()])],
    claims_parameter_supported: true,
    request_uri_parameter_supported: false,
    prompt_values_supported: ['none', 'login', 'select_account', 'consent'],
    authorization_response_iss_parameter_supported: true,
  };
}

/** The address that the client used, if it is one of ours; else the first of ours. */
export function reachedAt(realm: Realm, request: FastifyRequest): string {
  const { baseUrl, isKnown } = addressOf(`${request.protocol}://${request.headers.host ?? ''}`, realm.baseUrls);
  return isKnown ? baseUrl : realm.issuerBase;
}
