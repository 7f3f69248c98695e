import type { Id } from '../../kernel/ids.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';

/** Who said who it is: the built-in provider, one outside, or a rehearsal, where anyone is played. */
export type SessionProvider = 'builtin' | 'outside' | 'rehearsal';

/** A browser in which somebody is signed in. Instants are real time. */
export interface Session {
  /** By what its owner tells it from others; it stays while what the cookie holds changes, and proves nothing. */
  readonly id: Id;
  readonly userId: Id;
  readonly provider: SessionProvider;
  /** When multifactor authentication was last proven; null if never. */
  readonly mfaAt: Instant | null;
  /** Authentication contexts that the sign-in satisfied (`c1` to `c99`). */
  readonly contexts: readonly string[];
  /** The provider's ID token, by which its own session is ended too; null where there is none. */
  readonly idToken: string | null;
  /** The network address that the sign-in came from, and what the browser called itself; null where nobody knows. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Instant;
  /** When it was last used, to the minute. */
  readonly usedAt: Instant;
}

/** How long a session lives, as `parseDuration` reads it. */
export interface Lifetimes {
  /** Without any use. */
  readonly idle: Temporal.Duration;
  /** Since the sign-in, however much it is used. */
  readonly absolute: Temporal.Duration;
}

/** When a session ends, by itself and if it is not used. */
export function endsOf(session: Pick<Session, 'createdAt' | 'usedAt'>, lifetimes: Lifetimes) {
  const expiresAt = session.createdAt.add(lifetimes.absolute);
  const idle = session.usedAt.add(lifetimes.idle);
  return { expiresAt, idleExpiresAt: isBefore(expiresAt, idle) ? expiresAt : idle };
}

/** Whether a session lives at an instant of real time; at its end it does not. */
export function isAlive(session: Pick<Session, 'createdAt' | 'usedAt'>, lifetimes: Lifetimes, now: Instant): boolean {
  return isBefore(now, endsOf(session, lifetimes).idleExpiresAt);
}

/** Below this, the use of a session is not written down anew. */
const useGranularity = { seconds: 60 };

/** Whether the use of a session is to be written down. */
export function isWorthNoting(session: Pick<Session, 'usedAt'>, now: Instant): boolean {
  return !isBefore(now, session.usedAt.add(useGranularity));
}

const longestReturn = 2_000;

/**
 * Where to go after signing in: a path of ours, with query and fragment. Whatever could lead elsewhere, or back into
 * signing in, becomes `/`: `//host`, `/\host`, a scheme, control characters.
 */
export function localPath(wanted: string | null): string {
  if (wanted === null || wanted.length > longestReturn || !/^\/[^\s\\\p{C}]*$/u.test(wanted)) return '/';
  const base = 'http://ours.invalid';
  if (!URL.canParse(wanted, base)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, base);
  const isOurs = origin === base && !pathname.startsWith('//');
  const isSignIn = /^\/(session|interaction)(\/|$)|^\/rehearsal\/sign-in$|^\/sign-in-failed$/.test(pathname);
  return isOurs && !isSignIn ? pathname + search + hash : '/';
}
