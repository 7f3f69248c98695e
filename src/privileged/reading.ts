import { type AccessOperation, accessTable, satisfies } from '../access/index.ts';
import type { ReadContext } from '../graph/declaration.ts';
import type { Id } from '../kernel/ids.ts';

/** Whether a reader's active roles and permissions meet a row of the access table, whatever the object. */
export function readerMay(operation: AccessOperation, { reader }: ReadContext): boolean {
  return satisfies(accessTable[operation], {
    roles: reader.roles,
    permissions: reader.permissions,
    relations: new Set(),
  });
}

/** The id of whoever reads; nobody's for Sallyport itself. */
export function readerId({ reader }: ReadContext): Id {
  return reader.caller.kind === 'system' ? nobody : reader.caller.id;
}

const nobody = '00000000-0000-0000-0000-000000000000';
