import type { ClientMetadata } from 'oidc-provider';
import type { Id } from '../../kernel/ids.ts';
import type { Realm } from '../realm.ts';
import { portalAppId } from '../session/sessions.ts';
import type { StoredApp } from '../store.ts';
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
 * A registered app as a client of the provider.
 * @param asserts whether it proves itself with a signed assertion this time: the provider knows one way for a client
 */
export function clientOf(app: StoredApp, asserts: boolean): ClientMetadata {
  const { appId, displayName, redirectUris, isPublic } = app;
  const isForPeople = redirectUris.length > 0 || isPublic;
  const isNative = redirectUris.some((uri) => !uri.startsWith('https://'));
  return {
    client_id: appId,
    client_name: displayName,
    ...proofOf(app, asserts),
    ...(isPublic && isNative ? { application_type: 'native' as const } : {}),
    grant_types: [...(isForPeople ? forPeople : []), ...(isPublic ? [] : [grantTypes.app])],
    response_types: redirectUris.length > 0 ? ['code'] : [],
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: redirectUris.filter((uri) => /^https?:/.test(uri)),
  };
}

function proofOf({ isPublic, publicKeys, secretHash }: StoredApp, asserts: boolean): Partial<ClientMetadata> {
  if (isPublic) return { token_endpoint_auth_method: 'none' };
  if (publicKeys.length > 0 && (asserts || secretHash === null)) {
    const keys = publicKeys.map((key) => ({ ...key })) as NonNullable<ClientMetadata['jwks']>['keys'];
    return { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys } };
  }
  // INVARIANT: this is a hash, and `provider.ts` compares it as one; it is not a secret that anyone may present.
  return { token_endpoint_auth_method: 'client_secret_post', client_secret: secretHash ?? '' };
}
