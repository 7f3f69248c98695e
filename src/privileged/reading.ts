import type { ReadContext } from '../graph/declaration.ts';
import type { Id } from '../kernel/ids.ts';

/** The id of whoever reads; nobody's for Sallyport itself. */
export function readerId({ reader }: ReadContext): Id {
  return reader.caller.kind === 'system' ? nobody : reader.caller.id;
}

const nobody = '00000000-0000-0000-0000-000000000000';
