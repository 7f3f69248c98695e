import type { HeldPrivilege } from '../../src/desk/holding/contract.ts';

/** A name for a privilege that fits into an address: `role~<id>~/`. */
export function keyOf({ kind, id, scope }: Pick<HeldPrivilege, 'kind' | 'id' | 'scope'>): string {
  return `${kind}~${id}~${scope}`;
}
