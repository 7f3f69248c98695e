/**
 * What a refusal is about, which decides its HTTP status:
 * invalid 400, unauthenticated 401, forbidden 403, absent 404, conflict 409, tooMany 429, notImplemented 501,
 * unavailable 503.
 * `notImplemented` is for what Microsoft Graph has and this server does not: the message names it.
 */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'absent'
  | 'conflict'
  | 'tooMany'
  | 'notImplemented'
  | 'unavailable';

/** A "no" with a stable code. The message says what is wrong and what to do next; only the code is contract. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly message: string;
  /** The property or parameter that is at fault, where there is one. */
  readonly target?: string;
  /** Where in the text at fault, counted in characters from 0, where that is known. */
  readonly position?: number;
  /** What the next access token must carry to be let through: JSON of OpenID's claims parameter. */
  readonly claims?: string;
}

export interface Accepted<T> {
  readonly is: 'accepted';
  readonly value: T;
}

export interface Refused {
  readonly is: 'refused';
  readonly refusal: Refusal;
}

/** What every decision gives: a value, or a refusal that says why not. */
export type Outcome<T> = Accepted<T> | Refused;

export function accept<T>(value: T): Accepted<T> {
  return { is: 'accepted', value };
}

export function refuse(kind: RefusalKind, code: string, message: string, target?: string): Refused {
  return { is: 'refused', refusal: target === undefined ? { kind, code, message } : { kind, code, message, target } };
}

/** Carries a refusal out of a transaction, so that everything in it is rolled back. Thrown by edges only. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message}`);
    this.name = 'RefusedError';
    this.refusal = refusal;
  }
}

/** Leaves the surrounding transaction with a refusal. For edges only. */
export function refuseNow(kind: RefusalKind, code: string, message: string, target?: string): never {
  throw new RefusedError(refuse(kind, code, message, target).refusal);
}

/** What came of work that leaves with a refusal where it is refused: the refusal as a value again. For edges only. */
export async function outcomeOf<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return accept(await work);
  } catch (fault) {
    if (fault instanceof RefusedError) return { is: 'refused', refusal: fault.refusal };
    throw fault;
  }
}

/** The value of an accepted outcome; a refused one is thrown, to leave the surrounding transaction. */
export function orRefuse<T>(outcome: Outcome<T>): T {
  if (outcome.is === 'refused') throw new RefusedError(outcome.refusal);
  return outcome.value;
}
