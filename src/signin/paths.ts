/** Paths below the tenant, as Entra has them. */
export const paths = {
  authorize: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  keys: '/discovery/v2.0/keys',
  discovery: '/v2.0/.well-known/openid-configuration',
} as const;

/** Ways to prove which app is calling. The provider takes both for every app. */
export const clientAuthMethods = ['client_secret_post', 'client_secret_basic'] as const;
