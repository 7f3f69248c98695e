import type { ClientMetadata } from 'oidc-provider';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { isInForce } from '../application/model.ts';
import type { StoredApp } from '../application/store.ts';
import type { Realm } from '../realm.ts';
import { portalAppId } from '../session/sessions.ts';
import { grantTypes } from './paths.ts';

/** The application that people use at a command line: public, with the device code flow. The same in every tenant. */
export const commandLineAppId: Id = '5a11f0e7-c11a-4a10-8000-00000000c0de';

const forPeople = [grantTypes.code, grantTypes.refresh, grantTypes.device];

/** A client that every tenant has, without being registered; null if the id is none of them. */
export function ownClient(appId: string, realm: Realm): ClientMetadata | null {
  switch (appId.toLowerCase()) {
    case portalAppId:
      return {
        client_id: portalAppId,
        client_name: 'Sallyport',
        client_secret: realm.portalSecret,
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: [grantTypes.code],
        response_types: ['code'],
        redirect_uris: realm.baseUrls.map((url) => `${url}/session/callback`),
        post_logout_redirect_uris: realm.baseUrls.map((url) => `${url}/`),
      };
    case commandLineAppId:
      return {
        client_id: commandLineAppId,
        client_name: 'Sallyport command line',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        grant_types: [...forPeople],
        response_types: ['code'],
        redirect_uris: ['http://localhost', 'http://127.0.0.1'],
      };
    default:
      return null;
  }
}

/**
 * A registered app as a client of the provider, at a real instant.
 * @param asserts whether it proves itself with a signed assertion this time: the provider knows one way for a client
 */
export function clientOf(app: StoredApp, asserts: boolean, at: Instant): ClientMetadata {
  const { appId, displayName, redirectUris, isPublic } = app;
  const isForPeople = redirectUris.length > 0 || isPublic;
  const isNative = redirectUris.some((uri) => !uri.startsWith('https://'));
  return {
    client_id: appId,
    client_name: displayName,
    ...proofOf(app, asserts, at),
    ...(isPublic && isNative ? { application_type: 'native' as const } : {}),
    grant_types: [...(isForPeople ? forPeople : []), ...(isPublic ? [] : [grantTypes.app])],
    response_types: redirectUris.length > 0 ? ['code'] : [],
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: redirectUris.filter((uri) => /^https?:/.test(uri)),
  };
}

/** What stands for the secrets of an app. `provider.ts` compares with their hashes, and never with this. */
const secretsElsewhere = 'kept as hashes';

function proofOf({ isPublic, credentials }: StoredApp, asserts: boolean, at: Instant): Partial<ClientMetadata> {
  if (isPublic) return { token_endpoint_auth_method: 'none' };
  const inForce = credentials.filter((one) => isInForce(one, at));
  const keys = inForce.flatMap((one) => (one.kind === 'certificate' ? [{ ...one.publicKey }] : []));
  if (keys.length > 0 && (asserts || keys.length === inForce.length)) {
    return {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: keys as NonNullable<ClientMetadata['jwks']>['keys'] },
    };
  }
  return { token_endpoint_auth_method: 'client_secret_post', client_secret: secretsElsewhere };
}
