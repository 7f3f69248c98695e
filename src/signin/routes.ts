import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { newId } from '../kernel/ids.ts';
import { entraError, wireError } from './entra-error.ts';
import { algorithm } from './keys.ts';
import type { RealClock } from './model.ts';
import { clientAuthMethods, paths } from './paths.ts';
import type { Realm } from './realm.ts';

interface Deps {
  readonly realm: () => Promise<Realm>;
  readonly provider: () => Promise<Provider>;
  readonly clock: RealClock;
}

interface InTenant {
  Params: { tenant: string };
}

/** Names that mean "whichever tenant it is": there is one. */
const aliases = new Set(['common', 'organizations']);

/**
 * Mounts what works of the OpenID provider under `/{tenant}`, and nothing else: its other paths stay unreachable.
 * Register it in a scope of its own, for it takes request bodies unread.
 */
export async function signinRoutes(app: FastifyInstance, { realm, provider, clock }: Deps): Promise<void> {
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
    scope.post<InTenant>(`/:tenant${paths.token}`, provide);
    scope.get<InTenant>(`/:tenant${paths.keys}`, provide);
    scope.get<InTenant>(`/:tenant${paths.discovery}`, async (request) => discovery(await realm(), request));
    scope.get<InTenant>(`/:tenant${paths.authorize}`, async (_request, reply) =>
      sendError(reply, 400, 'unsupported_response_type', 'Only apps can sign in here, with client credentials.'),
    );
  });

  async function provide(request: FastifyRequest<InTenant>, reply: FastifyReply): Promise<void> {
    const answer = (await provider()).callback();
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    const url = request.raw.url ?? '/';
    request.raw.url = url.slice(url.indexOf('/', 1));
    await answer(request.raw, reply.raw);
  }

  function sendError(reply: FastifyReply, status: number, error: string, message: string): FastifyReply {
    const ids = { trace: newId(), correlation: newId() };
    return reply.code(status).send(wireError(entraError(status, error, message), ids, clock.now()));
  }
}

/** The metadata document: only what works. OpenID Connect and MSAL require the authorization endpoint's name. */
function discovery(realm: Realm, request: FastifyRequest<InTenant>) {
  const base = `${reachedAt(realm, request)}/${request.params.tenant}`;
  return {
    issuer: realm.issuer,
    authorization_endpoint: base + paths.authorize,
    token_endpoint: base + paths.token,
    jwks_uri: base + paths.keys,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [algorithm],
    token_endpoint_auth_methods_supported: clientAuthMethods,
  };
}

/** The address that the client used, if it is one of ours: a made-up `Host` must not get into the document. */
function reachedAt(realm: Realm, request: FastifyRequest): string {
  const used = `${request.protocol}://${request.headers.host ?? ''}`;
  return realm.baseUrls.includes(used) ? used : realm.issuerBase;
}
