import { findPeople } from '../../directory/index.ts';
import type { Config } from '../../platform/config.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { loadMfaFreshness } from '../../settings/index.ts';
import type { SessionOptions } from './compose.ts';

/** Sessions as a server is configured, over its directory and its settings. Whose account is usable says governance time. */
export function setUpSessions(
  runtime: Runtime,
  config: Config,
  more: Pick<SessionOptions, 'isRehearsal' | 'loopback'>,
): SessionOptions {
  const accountsBy: SessionOptions['accountsBy'] = (attribute, value) =>
    findPeople(runtime.db, runtime.clock.now(), attribute, value);
  const { oidcIssuer: issuer, oidcClientId: clientId = '', oidcClientSecret: clientSecret } = config;
  const described = { clientId, clientSecret, scopes: config.oidcScopes, user: config.oidcUser, mfa: config.oidcMfa };
  return {
    ...more,
    runtime,
    lifetimes: { idle: config.sessionIdle, absolute: config.sessionLifetime },
    accountOf: async (id) => (await accountsBy('id', id))[0] ?? null,
    accountsBy,
    mfaFreshness: () => loadMfaFreshness(runtime.db),
    publicUrl: config.publicUrl,
    outside: issuer === undefined ? null : { issuer, ...described },
  };
}
