import type { EventEmitter } from 'node:events';
import type { FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { Caller } from '../kernel/caller.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { HttpRoute } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { Subscribers } from '../platform/transaction.ts';
import { type TokenIssuer, tokenIssuer } from './issuer.ts';
import type { App, RealClock } from './model.ts';
import { baseUrlsOf, openRealm, type RealmOptions } from './realm.ts';
import { signinRoutes } from './routes.ts';
import { composeSessions, endOfAccount, type SessionOptions } from './session/compose.ts';
import type { Sessions } from './session/sessions.ts';
import { type SigninDatabase, signinStore } from './store.ts';
import { challenge, verifyBearer } from './verify.ts';

export { entranceBy } from './entrance.ts';
export type { TokenIssuer } from './issuer.ts';
export type { App } from './model.ts';
export { activities, type NewApp, type RegisteredApp, registerApp } from './operations.ts';

export type { Loopback } from './session/loopback.ts';
export type { Account, StartedSession } from './session/sessions.ts';

export { setUpSessions } from './session/setup.ts';

/** What sign-in does in the transaction of others' events. */
export const signinSubscribers: Subscribers = new Map([
  ['user.disabled', [endOfAccount]],
  ['user.deleted', [endOfAccount]],
]);

export interface SigninOptions extends RealmOptions {
  readonly db: SigninDatabase;
  /** Real time, which no rehearsal moves. */
  readonly realClock: RealClock;
  readonly log: Log;
  /** How long people stay signed in in a browser, and who they are. */
  readonly sessions: SessionOptions;
}

/** Sign-in: who may come in, and how they show it. */
export interface Signin {
  /** Mounts the provider's endpoints under `/{tenant}`. */
  readonly plugin: (app: FastifyInstance) => Promise<void>;
  /**
   * Who calls, from the text of the `Authorization` header; refused as `InvalidAuthenticationToken`.
   * Call it outside of transactions: on the embedded database it would wait for the one it is in.
   */
  verifyBearer(authorization: string | undefined): Promise<Outcome<Caller>>;
  /** Text of the `WWW-Authenticate` header of a 401; `presented`: the request had an `Authorization` header. */
  challenge(presented: boolean): Promise<string>;
  /** Speaks as anyone. For sign-in, and for the rehearsal's verb. */
  readonly issuer: TokenIssuer;
  /** Browsers in which somebody is signed in. */
  readonly sessions: Sessions;
  /** `/session` and what is below it. */
  readonly sessionRoutes: readonly HttpRoute[];
  /** Registered apps, the oldest first. */
  listApps(): Promise<readonly App[]>;
}

/**
 * Loads the provider when the first app signs in: a server that nobody signs in to starts without it. It knows a
 * supported Node by a mark that npm's builds of Node 26 lack, and says so on the terminal; ours goes to the log.
 */
async function loadProvider(log: Log) {
  const { warn } = console;
  console.warn = (message: unknown) => log.info({ message }, 'The OpenID provider remarks');
  try {
    return (await import('./provider.ts')).createProvider;
  } finally {
    console.warn = warn;
  }
}

/** Puts sign-in together. Nothing is read or made until it is first used, so it can be mounted before listening. */
export function createSignin({ db, realClock, log, sessions: ports, ...realmOptions }: SigninOptions): Signin {
  const store = signinStore(db);
  const realm = openRealm(realmOptions, store, realClock);
  const { sessions, routes: sessionRoutes } = composeSessions(ports, realm, () => baseUrlsOf(realmOptions));
  let made: Promise<Provider> | null = null;
  const provider = () => {
    made ??= realm().then(
      async (opened) => {
        const createProvider = await loadProvider(log);
        const fresh = createProvider(opened, store, realClock);
        fresh.on('server_error', (_ctx, fault) => log.error({ fault }, 'The OpenID provider failed'));
        // Koa's own event, of which the provider's types do not speak.
        (fresh as EventEmitter).on('error', (fault) => log.error({ fault }, 'The OpenID provider failed'));
        return fresh;
      },
      (fault: unknown) => {
        made = null;
        throw fault;
      },
    );
    return made;
  };
  return {
    plugin: (app) => signinRoutes(app, { realm, provider, clock: realClock }),
    verifyBearer: async (authorization) => verifyBearer(authorization, await realm(), store, realClock),
    challenge: async (presented) => challenge(await realm(), presented),
    issuer: tokenIssuer(realm, store, realClock),
    sessions,
    sessionRoutes,
    listApps: () => store.listApps(),
  };
}
