import { createHash } from 'node:crypto';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** How many failures of one kind are borne in a window of real time, until it ends. */
export interface Bound {
  /** What is counted: a hash, which tells neither names nor addresses. */
  readonly key: string;
  readonly most: number;
}

/** A window of failures, in seconds. */
export const windowSeconds = 15 * 60;

/**
 * Passwords tried for one name. It is the name as it was typed in, whether there is such an account or not, so that the
 * limit tells nobody who exists.
 */
export function passwordBound(name: string): Bound {
  return { key: hashOf(`password:${name.trim().toLowerCase()}`), most: 10 };
}

/** One-time and recovery codes tried for one account: a guess of six digits must stay a guess. */
export function codeBound(userId: Id): Bound {
  return { key: hashOf(`code:${userId}`), most: 5 };
}

/** Whatever failed from one address. */
export function addressBound(address: string): Bound {
  return { key: hashOf(`address:${address}`), most: 100 };
}

/** Refused with `TooManySignInAttempts` (429) once more was tried than is borne. */
export function decideAttempt(counts: readonly { readonly count: number; readonly most: number }[]): Outcome<void> {
  if (counts.every(({ count, most }) => count <= most)) return accept(undefined);
  const message = 'Too many attempts failed. Wait a quarter of an hour, or sign in with a passkey.';
  return refuse('tooMany', 'TooManySignInAttempts', message);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
