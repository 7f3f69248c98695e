import type { Id } from '../kernel/ids.ts';
import { type Refused, refuse, refuseNow } from '../kernel/outcome.ts';

/** What was found; leaves the transaction with 404 if nothing was, or nothing that the caller may know of. */
export function found<T>(thing: T | null | undefined, what: string, id: Id): T {
  return thing ?? refuseNow('absent', 'ResourceNotFound', `There is no ${what} with the id ${id}.`);
}

/** A refusal of something that was sent (400). */
export function wrong(code: string, message: string, target?: string): Refused {
  return refuse('invalid', code, message, target);
}

/** The refusal of a part of Graph that this server does not have (501), by its name. */
export function notBuilt(what: string, target: string): Refused {
  return refuse('notImplemented', 'NotImplemented', `This server does not have ${what}.`, target);
}

/** The same as `wrong`, to leave a transaction. */
export function reject(code: string, message: string, target?: string): never {
  return refuseNow('invalid', code, message, target);
}
