import { refuseNow } from '../kernel/outcome.ts';

/** What was found; leaves the transaction with Graph's refusal of an object that is not there (404) if nothing was. */
export function found<T>(thing: T | null, id: string): T {
  if (thing !== null) return thing;
  return refuseNow(
    'absent',
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** Leaves the transaction with the refusal of a part of Graph that this server does not have (501), by its name. */
export function notBuilt(what: string, target: string): never {
  return refuseNow('notImplemented', 'NotImplemented', `This server does not have ${what}.`, target);
}
