import type { Id } from '../kernel/ids.ts';
import { type Refusal, type Refused, RefusedError, refuse } from '../kernel/outcome.ts';

/** The refusal of something that is not there, or not for the caller to know of (404). */
export function noSuch(what: string, id: Id): Refusal {
  return { kind: 'absent', code: 'ResourceNotFound', message: `There is no ${what} with the id ${id}.` };
}

/** What was found; leaves the transaction with 404 if nothing was. */
export function found<T>(thing: T | null | undefined, what: string, id: Id): T {
  if (thing === null || thing === undefined) throw new RefusedError(noSuch(what, id));
  return thing;
}

/** A refusal of something that was sent (400). */
export function wrong(code: string, message: string, target?: string): Refused {
  return refuse('invalid', code, message, target);
}

/** The same, to leave a transaction. */
export function reject(code: string, message: string, target?: string): never {
  throw new RefusedError(wrong(code, message, target).refusal);
}
