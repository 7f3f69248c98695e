import { type Configuration, errors, type JWK, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isId, newId } from '../kernel/ids.ts';
import { adapterOf } from './adapter.ts';
import { isDefaultScope, type Resource, resourceOf } from './audience.ts';
import { entraErrorOf, wireError } from './entra-error.ts';
import { accessTokenLifetime, providedClaims } from './issuer.ts';
import { algorithm } from './keys.ts';
import type { RealClock } from './model.ts';
import { clientAuthMethods, paths } from './paths.ts';
import type { Realm } from './realm.ts';
import { matchesSecret } from './secret.ts';
import type { SigninStore } from './store.ts';

/** The OpenID provider, for client credentials. It knows paths without the tenant: `routes.ts` takes that off. */
export function createProvider(realm: Realm, store: SigninStore, clock: RealClock): Provider {
  const provider = new Provider(realm.issuer, configurationOf(realm, store, clock));
  provider.Client.prototype.compareClientSecret = function compare(given) {
    return matchesSecret(given, this.clientSecret ?? '');
  };
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'token' && ctx.status >= 400) speakEntra(ctx as KoaContextWithOIDC, clock);
  });
  return provider;
}

function configurationOf(realm: Realm, store: SigninStore, clock: RealClock): Configuration {
  return {
    adapter: adapterOf(store, clock),
    jwks: { keys: realm.keys.jwks.keys as JWK[] },
    clientAuthMethods: [...clientAuthMethods],
    clientDefaults: { id_token_signed_response_alg: algorithm },
    responseTypes: [],
    scopes: [],
    ttl: { ClientCredentials: accessTokenLifetime },
    routes: { authorization: paths.authorize, token: paths.token, jwks: paths.keys },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (ctx) => (await requestedResource(ctx, realm, store)).audience,
        getResourceServerInfo: async (ctx, indicator) => {
          const { audience } = await requestedResource(ctx, realm, store);
          // The scope says it all; a `resource` beside it must not say something else.
          if (indicator !== audience)
            throw new errors.InvalidTarget('"resource" and "scope" name different resources.');
          return {
            audience,
            scope: '',
            accessTokenFormat: 'jwt',
            accessTokenTTL: accessTokenLifetime,
            jwt: { sign: { alg: algorithm } },
          };
        },
      },
    },
    formats: {
      customizers: {
        async jwt(_ctx, token, parts) {
          const app = await store.findApp(token.clientId ?? '');
          if (app === null) throw new errors.InvalidClient('The app is not registered any more');
          const { iat, exp } = parts.payload;
          const frame = { id: newId(), issuedAt: Number(iat), expiresAt: Number(exp) };
          parts.payload = providedClaims(realm, app, String(parts.payload.aud), frame);
        },
      },
    },
    // Its clients are programs, whatever they say that they accept.
    renderError: (ctx, out) => {
      ctx.body = out;
    },
  };
}

async function requestedResource(ctx: KoaContextWithOIDC, realm: Realm, store: SigninStore): Promise<Resource> {
  const { scope } = ctx.oidc.params ?? {};
  if (typeof scope !== 'string' || scope === '') throw new errors.InvalidRequest('The parameter "scope" is missing.');
  if (!isDefaultScope(scope)) {
    throw new errors.CustomOIDCProviderError(
      'invalid_scope',
      `Client credentials take one scope, a resource followed by "/.default"; '${scope}' is not that.`,
    );
  }
  const resource = resourceOf(scope, realm.baseUrls);
  if (resource === null || (resource.is === 'app' && (await store.findApp(resource.appId)) === null)) {
    throw new errors.CustomOIDCProviderError(
      'invalid_resource',
      `The tenant knows no resource of the scope '${scope}'.`,
    );
  }
  return resource;
}

function speakEntra(ctx: KoaContextWithOIDC, clock: RealClock): void {
  const { error, error_description: description } = ctx.body as { error?: string; error_description?: string };
  const params = ctx.oidc.params ?? {};
  const fault = entraErrorOf({
    status: ctx.status,
    error: error ?? 'server_error',
    description: description ?? 'The request cannot be served.',
    clientId: String(params.client_id ?? ''),
    isKnownClient: ctx.oidc.client !== undefined,
    hasSecret: params.client_secret !== undefined || ctx.headers.authorization !== undefined,
  });
  const given = ctx.get('client-request-id');
  ctx.status = fault.status;
  ctx.body = wireError(fault, { trace: newId(), correlation: isId(given) ? given : newId() }, clock.now());
}
