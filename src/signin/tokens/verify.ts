import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { AppCaller, Caller, UserCaller } from '../../kernel/caller.ts';
import { isId } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refused, refuse } from '../../kernel/outcome.ts';
import { isInForce } from '../application/model.ts';
import type { RealClock } from '../model.ts';
import type { Realm } from '../realm.ts';
import type { SigninStore } from '../store.ts';
import { ownAudiences } from './audience.ts';
import { credentialClaim } from './claims.ts';
import { accessTokenType } from './issuer.ts';
import { algorithm } from './keys.ts';
import { isRevoked, type StandingOf } from './standing.ts';

/** Seconds that the clocks of two nodes may differ by. */
const skew = 5;

const bearer = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i;

export interface VerifyPorts {
  readonly store: SigninStore;
  readonly clock: RealClock;
  readonly standingOf: StandingOf;
}

/**
 * Who calls, from the text of an `Authorization` header. Everything that is wrong with a token is one refusal:
 * `unauthenticated`, `InvalidAuthenticationToken`, with its own message.
 *
 * An app's permissions are those it has now, whatever its token says. Nor does a token outlive the account: one that is
 * disabled, gone, or had all its tokens revoked is nobody's. (An operation looks at the account once more, in its own
 * transaction and at its own instant.)
 */
export async function verifyBearer(
  authorization: string | undefined,
  realm: Realm,
  ports: VerifyPorts,
): Promise<Outcome<Caller>> {
  if (authorization === undefined || authorization.trim() === '') {
    return invalid('The request carries no access token. Send one as "Authorization: Bearer <token>".');
  }
  const token = bearer.exec(authorization.trim())?.[1];
  if (token === undefined) return invalid('The Authorization header is not "Bearer" followed by a JSON Web Token.');
  const claims = await verifyToken(token, realm, ports.clock);
  if (claims.is === 'refused') return claims;
  const caller = await callerOf(claims.value, ports);
  return caller.is === 'refused' ? caller : standing(caller.value, claims.value, ports.standingOf);
}

async function verifyToken(token: string, realm: Realm, clock: RealClock): Promise<Outcome<JWTPayload>> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = realm.keys.verifying.get(kid ?? '');
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        // INVARIANT: never from the token's own header; else "none" and HS256 over our public key would pass.
        algorithms: [algorithm],
        typ: accessTokenType,
        issuer: realm.issuer,
        audience: [...ownAudiences(realm.baseUrls)],
        requiredClaims: ['exp', 'nbf', 'oid', 'tid', 'idtyp', 'appid'],
        clockTolerance: skew,
        currentDate: new Date(clock.now().epochMilliseconds),
      },
    );
    if (payload.tid !== realm.tenantId) return invalid('The access token was issued for another tenant.');
    return accept(payload);
  } catch (fault) {
    if (!(fault instanceof errors.JOSEError)) throw fault;
    return invalid(explain(fault));
  }
}

function explain(fault: errors.JOSEError): string {
  if (fault instanceof errors.JWTExpired)
    return 'The lifetime of the access token is over: it has expired. Get a new one.';
  if (fault instanceof errors.JWTClaimValidationFailed) {
    if (fault.claim === 'nbf') return 'The lifetime of the access token has not begun yet.';
    if (fault.claim === 'aud') return 'The access token is for another audience than this API.';
    if (fault.claim === 'iss') return 'The access token was issued by someone else than this server.';
    return `The access token's "${fault.claim}" is missing or not acceptable.`;
  }
  return "The access token's signature cannot be accepted: it was not signed by this server, or altered since.";
}

/** The caller, as long as the account is usable and the token was not revoked. */
async function standing<C extends Exclude<Caller, { kind: 'system' }>>(
  caller: C,
  claims: JWTPayload,
  standingOf: StandingOf,
): Promise<Outcome<C>> {
  const { isUsable, validFrom } = await standingOf(caller.id);
  if (!isUsable) return invalid('The account that the access token was issued to is disabled or does not exist.');
  // What a person signed in for dies with the sign-in, also where the token itself was made a moment later.
  const second = caller.kind === 'user' ? Number(claims.auth_time ?? claims.iat ?? 0) : Number(claims.iat ?? 0);
  if (!isRevoked(second, validFrom)) return accept(caller);
  return invalid('The access token was revoked: its owner was signed out everywhere. Sign in again.');
}

async function callerOf(claims: JWTPayload, ports: VerifyPorts): Promise<Outcome<AppCaller | UserCaller>> {
  if (claims.idtyp === 'app') return appOf(claims, ports);
  if (claims.idtyp === 'user') return userOf(claims);
  return invalid('The access token is for neither a user nor an app.');
}

async function appOf(claims: JWTPayload, { store, clock }: VerifyPorts): Promise<Outcome<AppCaller>> {
  const app = await store.findApp(text(claims.appid));
  // Registered anew under the same application id, it is another service principal: old tokens are not its own.
  if (app === null || app.id !== claims.oid) return invalid('The app of the access token is not registered any more.');
  const { id, appId, displayName, permissions, credentials } = app;
  const proof = claims[credentialClaim];
  // INVARIANT: a token that was got by a secret or certificate is worth no more than that is.
  if (proof !== undefined && !credentials.some((one) => one.id === proof && isInForce(one, clock.now()))) {
    return invalid('The secret or certificate that the access token was got by was removed, or is over.');
  }
  return accept({ kind: 'app', id, appId, displayName, permissions });
}

function userOf(claims: JWTPayload): Outcome<UserCaller> {
  const id = text(claims.oid);
  if (!isId(id)) return invalid('The access token does not name a user.');
  return accept({
    kind: 'user',
    id,
    userPrincipalName: text(claims.upn),
    displayName: text(claims.name),
    appId: text(claims.appid),
    mfaAt: mfaAt(claims),
    authenticationContexts: contextsOf(claims),
  });
}

function mfaAt({ amr, auth_time: at }: JWTPayload): Temporal.Instant | null {
  if (!Array.isArray(amr) || !amr.includes('mfa') || typeof at !== 'number') return null;
  return Temporal.Instant.fromEpochMilliseconds(at * 1000);
}

function contextsOf({ acrs }: JWTPayload): readonly string[] {
  return Array.isArray(acrs) ? acrs.filter((one) => typeof one === 'string') : [];
}

function text(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}

function invalid(message: string): Refused {
  return refuse('unauthenticated', 'InvalidAuthenticationToken', message);
}

/**
 * Text of the `WWW-Authenticate` header of a 401 (RFC 6750, with Entra's `authorization_uri`).
 *
 * @param presented whether the request had an `Authorization` header: only then an error is named
 */
export function challenge(realm: Realm, presented: boolean): string {
  const authority = `${realm.issuerBase}/${realm.tenantId}/oauth2/v2.0/authorize`;
  const text = `Bearer realm="${realm.tenantId}", authorization_uri="${authority}"`;
  return presented ? `${text}, error="invalid_token"` : text;
}
