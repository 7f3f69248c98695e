import type { UserCaller } from '../../kernel/caller.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import type { HttpRequest } from '../../platform/http.ts';
import type { RealClock, TokenUser } from '../model.ts';
import { addressOf } from './address.ts';
import { cookiesAt } from './cookie.ts';
import { decideCookieCall } from './guard.ts';
import { endsOf, isAlive, isWorthNoting, type Lifetimes, type Session } from './model.ts';
import { csrfOf, hashOf, isSame, isSecret, newSecret } from './secrets.ts';
import type { SessionStore } from './store.ts';

/** The application that people use with a session: the portal. Its id is the same in every tenant. */
export const portalAppId: Id = '5a11f0e7-9047-4a10-8000-00000000c0de';

/** A person's account as it is now. */
export interface Account extends TokenUser {
  readonly accountEnabled: boolean;
}

export interface SessionPorts {
  readonly store: SessionStore;
  readonly realClock: RealClock;
  readonly lifetimes: Lifetimes;
  /** Our own addresses, the public one first, without a slash at the end. */
  readonly baseUrls: () => readonly string[];
  /** The account of an id; null if it is deleted or never was. */
  readonly accountOf: (id: Id) => Promise<Account | null>;
  readonly isRehearsal: boolean;
}

/** What a page may know about its session. Instants are real time. */
export interface SessionView {
  readonly signedIn: true;
  readonly user: TokenUser;
  /** What calls that change something send as the header `x-sallyport-csrf`. */
  readonly csrf: string;
  readonly mfaAt: string | null;
  readonly authenticationContexts: readonly string[];
  /** When it ends however much it is used. */
  readonly expiresAt: string;
  /** When it ends if it is not used. */
  readonly idleExpiresAt: string;
  readonly rehearsal: boolean;
}

/** A session that a request belongs to. */
export interface OpenSession {
  /** What its cookie holds; never its id, which its owner is shown. */
  readonly secret: string;
  readonly session: Session;
  readonly account: Account;
}

/** What is known of somebody who has just signed in. */
export interface NewSession extends Pick<Session, 'provider' | 'mfaAt' | 'contexts' | 'idToken'> {
  readonly account: Account;
}

/** A session that has just begun, or has a new secret. */
export interface StartedSession {
  /** The text of the `Set-Cookie` header that carries it. */
  readonly cookie: string;
  readonly session: SessionView;
}

/** Who calls with a session: the same as a token of the portal would name. */
export function callerIn({ id, userPrincipalName, displayName }: Account, session: Session): UserCaller {
  const { mfaAt, contexts: authenticationContexts, id: sessionId } = session;
  const person = { kind: 'user', id, userPrincipalName, displayName, appId: portalAppId } as const;
  return { ...person, mfaAt, authenticationContexts, sessionId };
}

type FromBrowser = Pick<HttpRequest, 'method' | 'headers' | 'baseUrl'> & Partial<Pick<HttpRequest, 'address'>>;

/** Longer ones are cut: it is for people to look at. */
const longestUserAgent = 500;

export type Sessions = ReturnType<typeof createSessions>;

/** Sessions of browsers: begun, found by their cookie, ended. */
export function createSessions({ store, realClock, lifetimes, baseUrls, accountOf, isRehearsal }: SessionPorts) {
  const originOf = (request: FromBrowser) => addressOf(request.baseUrl, baseUrls()).origin;

  function secretOf(request: FromBrowser): string | null {
    const secret = cookiesAt(originOf(request)).read('session', request.headers['cookie']);
    return isSecret(secret) ? secret : null;
  }

  /** The session of a request; null if it has none that lives, or the account is disabled or gone. */
  async function find(request: FromBrowser): Promise<OpenSession | null> {
    const secret = secretOf(request);
    if (secret === null) return null;
    const session = await store.find(hashOf(secret));
    if (session === null || !isAlive(session, lifetimes, realClock.now())) return null;
    const account = await accountOf(session.userId);
    return account?.accountEnabled === true ? { secret, session, account } : null;
  }

  /** Whether the request was made by a page of ours. */
  function guard(request: FromBrowser, { secret }: OpenSession): Outcome<void> {
    const given = request.headers['x-sallyport-csrf'];
    return decideCookieCall({
      method: request.method,
      fetchSite: request.headers['sec-fetch-site'],
      origin: request.headers['origin'],
      ownOrigin: originOf(request),
      csrf: given === undefined ? 'missing' : isSame(given, csrfOf(secret)) ? 'right' : 'other',
    });
  }

  function view({ secret, session, account }: OpenSession): SessionView {
    const { expiresAt, idleExpiresAt } = endsOf(session, lifetimes);
    return {
      signedIn: true,
      user: { id: account.id, displayName: account.displayName, userPrincipalName: account.userPrincipalName },
      csrf: csrfOf(secret),
      mfaAt: session.mfaAt?.toString() ?? null,
      authenticationContexts: session.contexts,
      expiresAt: expiresAt.toString(),
      idleExpiresAt: idleExpiresAt.toString(),
      rehearsal: isRehearsal,
    };
  }

  return {
    find,
    guard,
    view,
    cookies: (request: FromBrowser) => cookiesAt(originOf(request)),

    /**
     * Who calls with the cookie of a session; null if there is no session. Counts as use, unless it is a check of
     * somebody who called long ago. Refused as `decideCookieCall` says. Call it outside of transactions.
     */
    async callerOf(request: FromBrowser, isCheck = false): Promise<Outcome<UserCaller | null>> {
      const open = await find(request);
      if (open === null) return accept(null);
      const guarded = guard(request, open);
      if (guarded.is === 'refused') return guarded;
      const { session, account } = open;
      const now = realClock.now();
      if (!isCheck && isWorthNoting(session, now)) await store.noteUse(hashOf(open.secret), now);
      return accept(callerIn(account, session));
    },

    /**
     * Begins a session for somebody with a usable account, and gives the cookie that carries it.
     * INVARIANT: its secret is new, and the browser's session so far ends with it. A secret that somebody planted in the
     * browser before, or saw before a second factor was proven, is worth nothing after.
     */
    async begin(request: FromBrowser, { account, ...begun }: NewSession): Promise<StartedSession> {
      const now = realClock.now();
      await store.sweep(lifetimes, now);
      const userAgent = request.headers['user-agent']?.slice(0, longestUserAgent) ?? null;
      const browser = { id: newId(), userId: account.id, address: request.address ?? null, userAgent };
      return start(request, account, { ...begun, ...browser, createdAt: now, usedAt: now });
    },

    /** Adds to what a session has proven. It lives no longer by that; its secret is new, its id is not. */
    async stepUp(
      request: FromBrowser,
      before: OpenSession,
      proven: Partial<Pick<Session, 'mfaAt' | 'contexts' | 'idToken'>>,
    ): Promise<StartedSession> {
      return start(request, before.account, { ...before.session, ...proven, usedAt: realClock.now() });
    },

    end: ({ secret }: OpenSession) => store.remove(hashOf(secret)),
  };

  async function start(request: FromBrowser, account: Account, session: Session): Promise<StartedSession> {
    const [before, secret] = [secretOf(request), newSecret()];
    await store.save(hashOf(secret), session, before === null ? null : hashOf(before));
    return { cookie: cookiesAt(originOf(request)).set('session', secret), session: view({ secret, session, account }) };
  }
}
