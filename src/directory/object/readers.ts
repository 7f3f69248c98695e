import { type AccessOperation, accessTable, satisfies } from '../../access/index.ts';
import type { Caller } from '../../kernel/caller.ts';

/** Who reads: the caller with what they may, as the transaction of the read loaded it. */
export interface DirectoryReader {
  readonly caller: Caller;
  readonly roles: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
}

/**
 * Whether the reader may know of a kind of object. Every person may read the directory (Entra's default user
 * permissions for members); an application needs a permission or a role.
 */
export function mayRead(operation: AccessOperation, reader: DirectoryReader): boolean {
  const relations = new Set(reader.caller.kind === 'user' ? (['anyone'] as const) : []);
  return satisfies(accessTable[operation], { ...reader, relations });
}
