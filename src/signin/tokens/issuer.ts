import { type JWTPayload, SignJWT } from 'jose';
import { type Id, newId } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { App, Authentication, RealClock, TokenResponse, TokenUser } from '../model.ts';
import type { Realm } from '../realm.ts';
import type { SigninStore } from '../store.ts';
import { graph } from './audience.ts';
import { appClaims, delegated, epochSeconds, type TokenFrame, userClaims } from './claims.ts';
import { algorithm } from './keys.ts';
import type { Rights } from './rights.ts';

/** How long an access token lives, in seconds; Entra's default lies between 60 and 90 minutes. */
export const accessTokenLifetime = 3599;

/**
 * How long an access token for somebody else's API lives, in seconds. INVARIANT: within a minute of its end, an account
 * or a privilege is seen nowhere any more. Such an API looks at nothing but the token, so the token is that short: a
 * minute, less the 5 s that its clock and ours may each be off by.
 */
export const outsideTokenLifetime = 50;

/** `typ` of an access token (RFC 9068), so that no other kind of signed text can pass for one. */
export const accessTokenType = 'at+jwt';

export interface UserTokenRequest {
  readonly user: TokenUser;
  /** Whether the person has just proven a second factor. */
  readonly mfa: boolean;
  /** Authentication contexts that the person has just satisfied (`c1` to `c99`). */
  readonly contexts?: readonly string[];
  /** The application that the person uses. */
  readonly appId: Id;
  /** Seconds; by default 3599. */
  readonly lifetime?: number;
}

/** Issues access tokens for our API. Whoever holds it can speak as anyone: only sign-in and the rehearsal do. */
export interface TokenIssuer {
  /** A token for a person whom the caller has just authenticated. */
  mintUserToken(request: UserTokenRequest): Promise<TokenResponse>;
  /** A token for a registered app; refuses (`absent`, `Request_ResourceNotFound`) if there is none of this id. */
  mintAppToken(appId: Id): Promise<Outcome<TokenResponse>>;
}

export function tokenIssuer(realm: () => Promise<Realm>, store: SigninStore, clock: RealClock): TokenIssuer {
  const frame = (from: Realm, lifetime: number): TokenFrame => {
    const issuedAt = epochSeconds(clock.now());
    return { ...frameOf(from, graph), id: newId(), issuedAt, expiresAt: issuedAt + lifetime };
  };
  return {
    async mintUserToken({ user, mfa, contexts = [], appId, lifetime = accessTokenLifetime }) {
      const here = await realm();
      const claims = userClaims(user, { at: clock.now(), mfa, contexts }, appId, frame(here, lifetime));
      return { access_token: await sign(here, claims), token_type: 'Bearer', expires_in: lifetime };
    },

    async mintAppToken(appId) {
      const [here, app] = await Promise.all([realm(), store.findApp(appId)]);
      if (app === null) {
        return refuse('absent', 'Request_ResourceNotFound', `No app with the application id '${appId}' is registered.`);
      }
      const claims = appClaims(app, app.permissions, frame(here, accessTokenLifetime));
      const token = await sign(here, claims);
      return accept({ access_token: token, token_type: 'Bearer', expires_in: accessTokenLifetime });
    },
  };
}

/**
 * Claims of an app's token that the OpenID provider signs: the same as those of a minted one. It lives no longer than
 * what it says of privileges.
 */
export function providedClaims(
  realm: Realm,
  { app, credentialId, rights }: AppToken,
  audience: string,
  token: Omit<TokenFrame, keyof Place>,
): JWTPayload {
  const isOwn = !audience.startsWith('api://');
  const frame = { ...frameOf(realm, audience), ...token, expiresAt: endOf(rights, token.expiresAt) };
  return appClaims(app, isOwn ? app.permissions : [], frame, {
    credentialId,
    rights,
    groupsAt: `${realm.issuerBase}/v1.0/servicePrincipals/${app.id}/getMemberObjects`,
  });
}

/** Claims of a person's token that the OpenID provider signs. It lives no longer than what it says of privileges. */
export function personClaims(
  realm: Realm,
  { user, authentication, appId, scope, rights }: PersonToken,
  audience: string,
  token: Omit<TokenFrame, keyof Place>,
): JWTPayload {
  const isOwn = !audience.startsWith('api://');
  const named = scope.split(' ').flatMap((one) => /([^/]+)$/.exec(one)?.[1] ?? []);
  const permissions = named.filter((one) => one !== '.default');
  return userClaims(
    user,
    authentication,
    appId,
    { ...frameOf(realm, audience), ...token, expiresAt: endOf(rights, token.expiresAt) },
    {
      scopes: isOwn ? [delegated, ...permissions] : permissions,
      rights,
      groupsAt: `${realm.issuerBase}/v1.0/users/${user.id}/getMemberObjects`,
    },
  );
}

/** What is known of an app that the OpenID provider gives a token to. */
export interface AppToken {
  readonly app: App;
  /** The secret or certificate that it has shown. */
  readonly credentialId: Id;
  readonly rights: Rights;
}

/** What is known of a person whom the OpenID provider gives a token to. */
export interface PersonToken {
  readonly user: TokenUser;
  readonly authentication: Authentication;
  readonly appId: Id;
  /** The scopes that were granted on the audience, as they were asked for. */
  readonly scope: string;
  readonly rights: Rights;
}

function endOf({ until }: Rights, planned: number): number {
  return until === null ? planned : Math.min(planned, epochSeconds(until));
}

type Place = ReturnType<typeof frameOf>;

function frameOf(realm: Realm, audience: string) {
  return { issuer: realm.issuer, tenantId: realm.tenantId, audience };
}

function sign(realm: Realm, claims: JWTPayload): Promise<string> {
  const { kid, key } = realm.keys.signing;
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: accessTokenType, kid }).sign(key);
}
