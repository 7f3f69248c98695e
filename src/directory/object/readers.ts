import { type AccessOperation, readerMay } from '../../access/index.ts';
import type { Reader } from '../../graph/declaration.ts';

/**
 * Whether the reader may know of a kind of object. Every person may read the directory (Entra's default user
 * permissions for members); an application needs a permission or a role.
 */
export function mayRead(operation: AccessOperation, reader: Reader): boolean {
  return readerMay(operation, reader, reader.caller.kind === 'user' ? ['anyone'] : []);
}
