import { orRefuse } from '../../kernel/outcome.ts';
import type { HttpRoute } from '../../platform/http.ts';
import { operate, type Runtime, type Subscriber } from '../../platform/transaction.ts';
import { recordSignIn } from '../people/operations.ts';
import { cookieNames } from '../provider/cookies.ts';
import type { Realm } from '../realm.ts';
import { signinStore } from '../store.ts';
import { addressOf } from './address.ts';
import { cookieIn } from './cookie.ts';
import type { UserMapping } from './identity.ts';
import { type Loopback, loopbackFetch } from './loopback.ts';
import { endEverything, signOutEverywhere } from './operations.ts';
import { type ProviderDescription, providerClient } from './provider-client.ts';
import { sessionRoutes } from './routes.ts';
import { callerIn, createSessions, portalAppId, type SessionPorts, type Sessions } from './sessions.ts';
import { createSignIn, type Provider, type SignInPorts } from './sign-in.ts';
import { attemptStore, sessionStore } from './store.ts';

/** A provider outside, as it is configured. */
export interface OutsideProvider extends Omit<ProviderDescription, 'fetch'> {
  readonly user: UserMapping;
}

export interface SessionOptions
  extends Pick<SessionPorts, 'lifetimes' | 'accountOf' | 'isRehearsal'>,
    Pick<SignInPorts, 'accountsBy' | 'mfaFreshness'> {
  readonly runtime: Runtime;
  /** Null for the built-in provider. */
  readonly outside: OutsideProvider | null;
  /** The address that the world knows the server by; without one it is known to this machine alone. */
  readonly publicUrl: string | undefined;
  /** Where the server listens; asked for once it does. */
  readonly loopback: () => Loopback;
}

/** Sessions and the way into them, put together. */
export function composeSessions(
  options: SessionOptions,
  realm: () => Promise<Realm>,
  baseUrls: () => readonly string[],
): { readonly sessions: Sessions; readonly routes: readonly HttpRoute[] } {
  const { runtime, lifetimes, accountOf, accountsBy, mfaFreshness, isRehearsal } = options;
  const { db, realClock, log } = runtime;
  const sessions = createSessions({
    store: sessionStore(db),
    realClock,
    lifetimes,
    baseUrls,
    accountOf,
    isRehearsal,
  });
  const provider = options.outside === null ? builtIn(options, realm) : outside(options.outside, runtime);
  const pending = attemptStore(db);
  const signIn = createSignIn({ sessions, pending, provider, realClock, log, baseUrls, accountsBy, mfaFreshness });
  const routes = sessionRoutes({
    sessions,
    signIn,
    isRehearsal,
    async signOutEverywhere({ account, session }, requestId) {
      const caller = callerIn(account, session);
      const attempt = { caller, requestId, attempts: 'user.signedOutEverywhere', subject: account.id };
      orRefuse(await operate(runtime, attempt, (tx) => signOutEverywhere(tx, account)));
    },
    async endProviderSession({ session }, request) {
      if (session.provider !== provider.kind) return null;
      const { baseUrl } = addressOf(request.baseUrl, baseUrls());
      return provider.endSession(session, request, baseUrl);
    },
  });
  return { sessions, routes };
}

function outside({ user, ...description }: OutsideProvider, runtime: Runtime): Provider {
  const client = providerClient(async () => description, runtime.log);
  const record: Provider['record'] = async (account, methods, { address, requestId }) => {
    const { id, userPrincipalName, displayName } = account;
    const caller = { kind: 'user', id, userPrincipalName, displayName, appId: portalAppId, mfaAt: null } as const;
    const attempt = { caller, requestId, attempts: 'user.signedIn', subject: id };
    const how = { appId: portalAppId, methods, address, at: runtime.realClock.now() };
    orRefuse(await operate(runtime, attempt, (tx) => recordSignIn(tx, account, how)));
  };
  const endSession: Provider['endSession'] = ({ idToken }, _request, baseUrl) => client.endSessionUrl(idToken, baseUrl);
  return { kind: 'outside', user, mfa: description.mfa, client, record, endSession };
}

/** The provider of our own: asked at this very server, and known to browsers by the address that they use. */
function builtIn({ runtime, loopback }: SessionOptions, realm: () => Promise<Realm>): Provider {
  const mfa = { claim: 'amr', value: 'mfa' } as const;
  const describe = async (): Promise<ProviderDescription> => {
    const { issuer, issuerBase, portalSecret: clientSecret } = await realm();
    return {
      issuer,
      clientId: portalAppId,
      clientSecret,
      scopes: 'openid profile',
      mfa,
      fetch: loopbackFetch(issuerBase, loopback),
      // A browser at the plain port of this machine is not led to the other one, whose certificate it does not trust.
      seenAt: (address, baseUrl) =>
        address.startsWith(`${issuerBase}/`) ? baseUrl + address.slice(issuerBase.length) : address,
    };
  };
  return {
    kind: 'builtin',
    user: { claim: 'sub', attribute: 'id' },
    mfa,
    client: providerClient(describe, runtime.log),
    // It has recorded it already, with what it saw of it.
    record: async () => undefined,
    // It is this very server that keeps it: the browser need not go anywhere.
    async endSession(_session, { headers }, baseUrl) {
      const id = cookieIn(headers['cookie'], cookieNames(baseUrl).session);
      if (id !== null) await signinStore(runtime.db).removeRecord('Session', id);
      return null;
    },
  };
}

/** A shut account is signed in nowhere, and is not again when it is opened. */
export const endOfAccount: Subscriber = (tx, { subject }) => endEverything(tx, subject);
