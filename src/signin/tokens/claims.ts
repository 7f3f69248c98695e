import type { JWTPayload } from 'jose';
import type { Instant } from '../../kernel/time.ts';
import type { App, Authentication, TokenUser } from '../model.ts';
import { noRights, type Rights } from './rights.ts';

/** What every access token says about itself. Instants are real time; tokens keep whole seconds. */
export interface TokenFrame {
  readonly issuer: string;
  readonly tenantId: string;
  readonly audience: string;
  readonly id: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** The delegated permission of every person's token for our API: what they may do is decided by their roles. */
export const delegated = 'Directory.AccessAsUser.All';

/** Names the secret or certificate that an app's token was got by: the token ends when that is removed. Ours alone. */
export const credentialClaim = 'credential_id';

/** More groups than this do not fit into a token; whoever needs them asks. The number is Entra's. */
const mostGroups = 200;

/**
 * Claims of an app's own token. Names as in Microsoft's access token claims reference.
 *
 * @param roles the permissions that the app has on the audience
 * @param details what is active for the app itself
 */
export function appClaims(
  app: App,
  roles: readonly string[],
  frame: TokenFrame,
  { credentialId, rights = noRights, groupsAt = '' }: AppTokenDetails = {},
): JWTPayload {
  return {
    ...frameClaims(frame),
    idtyp: 'app',
    oid: app.id,
    sub: app.id,
    appid: app.appId,
    appidacr: '1',
    azp: app.appId,
    azpacr: '1',
    app_displayname: app.displayName,
    ...(roles.length === 0 ? {} : { roles: [...roles] }),
    ...(credentialId === undefined ? {} : { [credentialClaim]: credentialId }),
    ...rightsClaims(rights, groupsAt),
  };
}

/** What an app's token says beyond which app it is. */
export interface AppTokenDetails extends Pick<UserTokenDetails, 'rights' | 'groupsAt'> {
  /** The secret or certificate that it was got by. */
  readonly credentialId?: string;
}

/** What a person's token says beyond who they are. */
export interface UserTokenDetails {
  /** Delegated permissions. */
  readonly scopes?: readonly string[];
  readonly rights?: Rights;
  /** Where the groups can be asked for when they are too many. */
  readonly groupsAt?: string;
}

/** Claims of a person's token, obtained through an app. Names as in Microsoft's access token claims reference. */
export function userClaims(
  user: TokenUser,
  authentication: Authentication,
  appId: string,
  frame: TokenFrame,
  { scopes = [delegated], rights = noRights, groupsAt = '' }: UserTokenDetails = {},
): JWTPayload {
  return {
    ...frameClaims(frame),
    idtyp: 'user',
    oid: user.id,
    sub: user.id,
    upn: user.userPrincipalName,
    preferred_username: user.userPrincipalName,
    name: user.displayName,
    appid: appId,
    azp: appId,
    ...(scopes.length === 0 ? {} : { scp: [...new Set(scopes)].join(' ') }),
    ...rightsClaims(rights, groupsAt),
    acr: '1',
    ...(authentication.contexts?.length ? { acrs: [...authentication.contexts] } : {}),
    amr: [...(authentication.methods ?? (authentication.mfa ? ['pwd', 'mfa'] : ['pwd']))],
    auth_time: epochSeconds(authentication.at),
  };
}

function rightsClaims({ roleIds, groupIds }: Rights, groupsAt: string): JWTPayload {
  const wids = roleIds.length === 0 ? {} : { wids: [...roleIds] };
  if (groupIds.length === 0) return wids;
  if (groupIds.length <= mostGroups) return { ...wids, groups: [...groupIds] };
  return { ...wids, _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: groupsAt } } };
}

function frameClaims(frame: TokenFrame): JWTPayload {
  return {
    iss: frame.issuer,
    aud: frame.audience,
    tid: frame.tenantId,
    ver: '2.0',
    jti: frame.id,
    iat: frame.issuedAt,
    nbf: frame.issuedAt,
    exp: frame.expiresAt,
  };
}

export function epochSeconds(instant: Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000);
}
