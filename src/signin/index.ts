import type { FastifyInstance } from 'fastify';
import type { GraphFace } from '../graph/declaration.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { HttpRoute } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { Subscribers } from '../platform/transaction.ts';
import { createEnrolment } from './interaction/enrolment.ts';
import { createFlow } from './interaction/flow.ts';
import { interactionRoutes } from './interaction/routes.ts';
import type { App, RealClock } from './model.ts';
import { ownSessions } from './own-sessions/routes.ts';
import { createChecks } from './people/checks.ts';
import { invite, type NewLink } from './people/operations.ts';
import { setUpPeople } from './people/setup.ts';
import { peopleStore } from './people/store.ts';
import { openProviders } from './provider/open.ts';
import { providerRoutes } from './provider/routes.ts';
import { baseUrlsOf, openRealm, type RealmOptions } from './realm.ts';
import { ownSecurityInfo } from './security-info/routes.ts';
import { composeSessions, endOfAccount, type SessionOptions } from './session/compose.ts';
import type { Sessions } from './session/sessions.ts';
import { type SigninDatabase, signinStore } from './store.ts';
import { type TokenIssuer, tokenIssuer } from './tokens/issuer.ts';
import { challenge, verifyBearer } from './tokens/verify.ts';

export { activities } from './activities.ts';
export { type NewApp, type RegisteredApp, registerApp } from './application/register.ts';
export { ownApplications } from './application/routes.ts';
export { entranceBy } from './entrance.ts';
export type { App } from './model.ts';
export { addressOfLink } from './people/link.ts';
export { signinGraph } from './security-info/routes.ts';
export type { Loopback } from './session/loopback.ts';
export type { Account, StartedSession } from './session/sessions.ts';
export { setUpSessions } from './session/setup.ts';
export type { TokenIssuer } from './tokens/issuer.ts';

/** What sign-in does in the transaction of others' events. */
export const signinSubscribers: Subscribers = new Map([
  ['app.disabled', [endOfAccount]],
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
  /**
   * Makes a one-time link for somebody to sign in by. It asks for no role: it is for whoever can run it on the server,
   * and it is recorded. Refused with `ResourceNotFound` where there is nobody of this name.
   */
  invite(userPrincipalName: string, lasts: Temporal.Duration): Promise<Outcome<NewLink>>;
  /** What people sign in with, and where they are signed in, under `/sallyport/`. */
  readonly own: readonly GraphFace[];
  /** Registered apps, the oldest first. */
  listApps(): Promise<readonly App[]>;
}

/** Puts sign-in together. Nothing is read or made until it is first used, so it can be mounted before listening. */
export function createSignin({ db, realClock, log, sessions: ports, ...realmOptions }: SigninOptions): Signin {
  const store = signinStore(db);
  const realm = openRealm(realmOptions, store, realClock);
  const baseUrls = () => baseUrlsOf(realmOptions);
  const { sessions, routes: sessionRoutes } = composeSessions(ports, realm, baseUrls);
  const people = setUpPeople(ports.runtime, ports.lifetimes);
  const providerAt = openProviders(realm, { store, clock: realClock, people }, log);
  const flow = createFlow({ people, checks: createChecks(people) });
  const enrolment = createEnrolment(flow, peopleStore(db), realClock);
  return {
    async plugin(app) {
      await providerRoutes(app, { realm, providerAt, clock: realClock });
      await interactionRoutes(app, { realm, providerAt, flow, enrolment });
    },
    verifyBearer: async (authorization) =>
      verifyBearer(authorization, await realm(), { store, clock: realClock, standingOf: people.standingOf }),
    challenge: async (presented) => challenge(await realm(), presented),
    issuer: tokenIssuer(realm, store, realClock),
    sessions,
    sessionRoutes,
    invite: (userPrincipalName, lasts) => invite(people, userPrincipalName, lasts),
    own: [
      ownSecurityInfo(ports.runtime, {
        isBuiltIn: ports.outside === null,
        baseUrls,
        // On this machine alone, the plain port: a browser trusts it without our CA.
        linkBase: () => ports.publicUrl ?? baseUrls().at(-1) ?? '',
      }),
      ownSessions(ports.runtime, ports.lifetimes),
    ],
    listApps: () => store.listApps(),
  };
}
