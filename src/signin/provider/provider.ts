import { timingSafeEqual } from 'node:crypto';
import {
  type AccessToken,
  type Configuration,
  errors,
  type JWK,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import { newId } from '../../kernel/ids.ts';
import type { RealClock } from '../model.ts';
import type { PeoplePorts } from '../people/ports.ts';
import type { Realm } from '../realm.ts';
import { portalAppId } from '../session/sessions.ts';
import type { SigninStore } from '../store.ts';
import { accessTokenLifetime, type PersonToken, personClaims, providedClaims } from '../tokens/issuer.ts';
import { algorithm } from '../tokens/keys.ts';
import { accountsOf } from './accounts.ts';
import { adapterOf } from './adapter.ts';
import { cookieNames } from './cookies.ts';
import { contextsOf, demandsIn } from './demands.ts';
import { grantAll } from './grants.ts';
import { browserPages } from './pages.ts';
import { assertionAlgorithms, clientAuthMethods, grantTypes, idTokenClaims, openidScopes, paths } from './paths.ts';
import { promptsOf } from './policy.ts';
import { type Proofs, proofsOf } from './proofs.ts';
import { resourcesOf } from './resources.ts';
import { speakEntra } from './speech.ts';

export interface ProviderParts {
  readonly realm: Realm;
  readonly store: SigninStore;
  readonly clock: RealClock;
  readonly people: PeoplePorts;
}

const minute = 60;
const day = 24 * 60 * minute;

/**
 * The OpenID provider as it is at one of our addresses. It knows paths without the tenant: `routes.ts` takes that off.
 * Providers at several addresses share everything but the names of their cookies, because browsers tell neither ports
 * nor, for cookies of one name, http and https of one host apart.
 */
export function createProvider(parts: ProviderParts, baseUrl: string): Provider {
  const { realm, store, clock } = parts;
  const proofs = proofsOf(store, clock);
  const provider = new Provider(realm.issuer, configurationOf(parts, proofs, baseUrl));
  // `routes.ts` says which address was used, and lets nobody else say it.
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = async function compare(given) {
    if (this.clientId === portalAppId) return isSame(given, this.clientSecret ?? '');
    return proofs.isSecret(this.clientId, given);
  };
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc !== undefined) await speakEntra(ctx as KoaContextWithOIDC, realm, clock);
  });
  return provider;
}

function isSame(given: string, kept: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(kept)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function configurationOf(
  { realm, store, clock, people }: ProviderParts,
  proofs: Proofs,
  baseUrl: string,
): Configuration {
  const resources = resourcesOf({ realm, store, clock, rightsOf: people.rightsOf });
  const { idle, absolute } = people.lifetimes;
  const pages = browserPages();
  const personOf = async (ctx: KoaContextWithOIDC, token: AccessToken): Promise<PersonToken> => {
    const user = await people.accountOf(token.accountId);
    if (user === null) throw new errors.InvalidGrant('The account is gone');
    const { authTime, amr = [], acr } = sourceIn(ctx) ?? {};
    return {
      user,
      authentication: {
        at: Temporal.Instant.fromEpochMilliseconds((authTime ?? 0) * 1000),
        mfa: amr.includes('mfa'),
        methods: amr,
        contexts: contextsOf(acr),
      },
      appId: token.clientId ?? '',
      scope: token.scope ?? '',
      rights: await resources.rightsIn(ctx, token.accountId),
    };
  };
  return {
    adapter: adapterOf({ store, realm, clock, standingOf: people.standingOf }),
    jwks: { keys: realm.keys.jwks.keys as JWK[] },
    clientAuthMethods: [...clientAuthMethods],
    enabledJWA: { clientAuthSigningAlgValues: [...assertionAlgorithms] },
    clientDefaults: { id_token_signed_response_alg: algorithm },
    responseTypes: ['code'],
    scopes: [...openidScopes],
    claims: Object.fromEntries(Object.entries(idTokenClaims).map(([scope, claims]) => [scope, [...claims]])),
    // The ID token says it all: there is no other place to ask.
    conformIdTokenClaims: false,
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? accessTokenLifetime,
      AuthorizationCode: minute,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? accessTokenLifetime,
      DeviceCode: 15 * minute,
      IdToken: 60 * minute - 1,
      Interaction: 30 * minute,
      RefreshToken: 90 * day,
      Grant: 90 * day,
      Session: Math.floor(idle.total('seconds')),
    },
    cookies: {
      names: cookieNames(baseUrl),
      keys: [realm.cookieKey],
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    routes: {
      authorization: paths.authorize,
      token: paths.token,
      jwks: paths.keys,
      device_authorization: paths.device,
      code_verification: paths.deviceSignIn,
      end_session: paths.logout,
    },
    findAccount: accountsOf(realm, people),
    loadExistingGrant: grantAll,
    interactions: {
      policy: promptsOf(Math.floor(absolute.total('seconds'))),
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' || client.clientId === portalAppId },
    clientBasedCORS: (_ctx, origin, client) => (client.redirectUris ?? []).some((uri) => originOf(uri) === origin),
    extraParams: { claims: checkDemands },
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: pages.deviceCode,
        userCodeConfirmSource: pages.deviceConfirmation,
        successSource: pages.deviceDone,
      },
      rpInitiatedLogout: { enabled: true, logoutSource: pages.logout, postLogoutSuccessSource: pages.signedOut },
      // Asked for as a parameter of ours: OpenID's has no place for Entra's `access_token` part.
      claimsParameter: { enabled: false },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: resources.defaultResource,
        getResourceServerInfo: resources.describe,
        useGrantedResource: () => true,
      },
    },
    formats: {
      customizers: {
        async jwt(ctx, token, parts) {
          const frame = { id: newId(), issuedAt: Number(parts.payload.iat), expiresAt: Number(parts.payload.exp) };
          const audience = String(parts.payload.aud);
          if (token.kind === 'AccessToken') {
            parts.payload = personClaims(realm, await personOf(ctx, token), audience, frame);
            return;
          }
          const app = await store.findApp(token.clientId ?? '');
          if (app === null) throw new errors.InvalidClient('The app is not registered any more');
          const credentialId = await proofs.shownIn(ctx, app);
          const rights = await resources.rightsIn(ctx, app.id);
          parts.payload = providedClaims(realm, { app, credentialId, rights }, audience, frame);
        },
      },
    },
    renderError: pages.error,
  };
}

/** What a person's token is made of. */
function sourceIn({ oidc }: KoaContextWithOIDC) {
  return oidc.entities.AuthorizationCode ?? oidc.entities.DeviceCode ?? oidc.entities.RefreshToken;
}

/** Refuses a `claims` parameter that is no JSON; and keeps `offline_access`, which Entra gives without asking for consent. */
function checkDemands(ctx: KoaContextWithOIDC, claims: unknown): void {
  if (claims !== undefined && demandsIn(undefined, String(claims)) === null) {
    throw new errors.InvalidRequest('The parameter "claims" is not a JSON object.');
  }
  const { oidc } = ctx;
  const asked = ctx.method === 'POST' ? oidc.body?.['scope'] : ctx.query['scope'];
  const isWanted = typeof asked === 'string' && asked.split(' ').includes('offline_access');
  if (!isWanted || oidc.client?.grantTypeAllowed(grantTypes.refresh) !== true || oidc.params === undefined) return;
  if (!oidc.requestParamScopes.has('offline_access')) oidc.params['scope'] = `${oidc.params['scope']} offline_access`;
}

function originOf(uri: string): string | null {
  return URL.canParse(uri) ? new URL(uri).origin : null;
}
