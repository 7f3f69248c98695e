import { type Refusal, RefusedError } from '../kernel/outcome.ts';

/** Graph's refusal of an object that is not there (404). */
export function noSuchObject(id: string): Refusal {
  return {
    kind: 'absent',
    code: 'Request_ResourceNotFound',
    message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  };
}

/** What was found; leaves the transaction with Graph's 404 if nothing was. */
export function found<T>(thing: T | null, id: string): T {
  if (thing === null) throw new RefusedError(noSuchObject(id));
  return thing;
}
