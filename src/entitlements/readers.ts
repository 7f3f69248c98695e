import { type AccessOperation, accessTable, satisfies } from '../access/index.ts';
import type { Id } from '../kernel/ids.ts';

/** Who reads: the caller with what they may, as the transaction of the read loaded it. */
export interface EntitlementReader {
  readonly caller: { readonly kind: 'user' | 'app' | 'system'; readonly id?: Id };
  readonly roles: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
}

/** Whether a reader's active roles and permissions meet a row of the access table, whatever the object. */
export function readerMay(operation: AccessOperation, { roles, permissions }: EntitlementReader): boolean {
  return satisfies(accessTable[operation], { roles, permissions, relations: new Set() });
}
