/** Paths below the tenant, as Entra has them. */
export const paths = {
  authorize: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  device: '/oauth2/v2.0/devicecode',
  /** Where a person who has a device's code comes in; the page `/device` leads there. */
  deviceSignIn: '/oauth2/v2.0/deviceauth',
  logout: '/oauth2/v2.0/logout',
  keys: '/discovery/v2.0/keys',
  discovery: '/v2.0/.well-known/openid-configuration',
} as const;

/** Ways to prove which app is calling. The provider takes both ways to send a secret for every app that has one. */
export const clientAuthMethods = ['client_secret_post', 'client_secret_basic', 'private_key_jwt', 'none'] as const;

/** Algorithms that an app may sign its assertion with. */
export const assertionAlgorithms = ['RS256', 'PS256', 'ES256'] as const;

/** Ways to get a token. */
export const grantTypes = {
  code: 'authorization_code',
  refresh: 'refresh_token',
  device: 'urn:ietf:params:oauth:grant-type:device_code',
  app: 'client_credentials',
} as const;

/** Scopes that OpenID Connect defines; every other one belongs to a resource. */
export const openidScopes = ['openid', 'profile', 'email', 'offline_access'] as const;

/** Claims of ID tokens, by the scope that asks for them. */
export const idTokenClaims = {
  openid: ['sub', 'oid', 'tid', 'ver', 'auth_time', 'amr', 'acrs'],
  profile: ['name', 'preferred_username'],
  email: ['email'],
} as const;
