import type { Me } from '../../src/desk/me/contract.ts';
import { useGet } from './queries.ts';

export type { Me };

/** Reads who one is; kept by every page that asks. */
export function useMe() {
  return useGet<Me>('/sallyport/me');
}

/** Whether the person may do an operation somewhere, by a role or in a catalog; which thing exactly, the server says. */
export function may(me: Me | undefined, operation: string): boolean {
  if (me === undefined) return false;
  return me.operations.includes(operation) || me.delegated.some(({ operations }) => operations.includes(operation));
}
