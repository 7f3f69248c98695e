import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import type { RealClock } from '../model.ts';
import type { Realm } from '../realm.ts';
import type { SigninStore } from '../store.ts';
import { type Delegation, delegationOf, isDefaultScope, type Resource, resourceOf } from '../tokens/audience.ts';
import { accessTokenLifetime, outsideTokenLifetime } from '../tokens/issuer.ts';
import { algorithm } from '../tokens/keys.ts';
import { lifetimeOf, noRights, type Rights } from '../tokens/rights.ts';
import { grantTypes, openidScopes } from './paths.ts';

export interface ResourcePorts {
  readonly realm: Realm;
  readonly store: SigninStore;
  readonly clock: RealClock;
  /** What of somebody's privileges a token says that is issued now. */
  readonly rightsOf: (userId: string) => Promise<Rights>;
}

const ownScopes: ReadonlySet<string> = new Set(openidScopes);

/** Which resources tokens are for, how long they live, and what they say of a person's privileges. */
export function resourcesOf({ realm, store, clock, rightsOf }: ResourcePorts) {
  const rights = new WeakMap<object, Promise<Rights>>();

  /** Read once for a request: a token's lifetime and what it says come from the same look at the ledger. */
  function rightsIn(ctx: KoaContextWithOIDC, userId: string): Promise<Rights> {
    const known = rights.get(ctx.oidc) ?? rightsOf(userId);
    rights.set(ctx.oidc, known);
    return known;
  }

  async function demandKnown(resource: Resource | null, scope: string): Promise<Resource> {
    if (resource === null || (resource.is === 'app' && (await store.findApp(resource.appId)) === null)) {
      const message = `The tenant knows no resource of the scope '${scope}', or it names several.`;
      throw new errors.CustomOIDCProviderError('invalid_resource', message);
    }
    return resource;
  }

  async function forApp(ctx: KoaContextWithOIDC): Promise<Resource> {
    const { scope } = ctx.oidc.params ?? {};
    if (typeof scope !== 'string' || scope === '') throw new errors.InvalidRequest('The parameter "scope" is missing.');
    if (!isDefaultScope(scope)) {
      const message = `Client credentials take one scope, a resource followed by "/.default"; '${scope}' is not that.`;
      throw new errors.CustomOIDCProviderError('invalid_scope', message);
    }
    return demandKnown(resourceOf(scope, realm.baseUrls), scope);
  }

  async function forPerson(scopes: readonly string[]): Promise<Delegation> {
    const asked = scopes.filter((scope) => !ownScopes.has(scope));
    const delegation = delegationOf(asked, realm.baseUrls);
    await demandKnown(delegation?.resource ?? null, asked.join(' '));
    return delegation as Delegation;
  }

  /** The id of whom a token is for: a person, or the app itself. */
  async function holderOf(ctx: KoaContextWithOIDC): Promise<string | null> {
    const { account, client } = ctx.oidc;
    if (account !== undefined) return account.accountId;
    return client === undefined ? null : ((await store.findApp(client.clientId))?.id ?? null);
  }

  const isForApp = ({ oidc }: KoaContextWithOIDC) => oidc.params?.['grant_type'] === grantTypes.app;

  return {
    rightsIn,

    async defaultResource(ctx: KoaContextWithOIDC): Promise<string> {
      const resource = isForApp(ctx) ? await forApp(ctx) : (await forPerson(scopesOf(ctx))).resource;
      return resource.audience;
    },

    async describe(ctx: KoaContextWithOIDC, indicator: string): Promise<ResourceServer> {
      const resource = isForApp(ctx) ? await forApp(ctx) : (await forPerson(scopesOf(ctx))).resource;
      // The scope says it all; a `resource` beside it must not say something else.
      if (indicator !== resource.audience)
        throw new errors.InvalidTarget('"resource" and "scope" name different resources.');
      const holder = isIssuing(ctx) ? await holderOf(ctx) : null;
      const held = holder === null ? noRights : await rightsIn(ctx, holder);
      const longest = resource.is === 'own' ? accessTokenLifetime : outsideTokenLifetime;
      return {
        audience: resource.audience,
        scope: isForApp(ctx) ? '' : scopesOf(ctx).join(' '),
        accessTokenFormat: 'jwt',
        accessTokenTTL: lifetimeOf(held, longest, clock.now()),
        jwt: { sign: { alg: algorithm } },
      };
    },
  };
}

/** Whether a token is made of what was granted, rather than asked for in a browser. */
function isIssuing({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.route === 'token';
}

/** The scopes of a request: as it asks, or as they were granted when it redeems something. */
function scopesOf({ oidc }: KoaContextWithOIDC): string[] {
  const source = oidc.entities.AuthorizationCode ?? oidc.entities.DeviceCode ?? oidc.entities.RefreshToken;
  const scope = oidc.route === 'token' ? source?.scope : oidc.params?.['scope'];
  return typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : [];
}
