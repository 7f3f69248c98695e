import { referencedId } from '../graph/reference.ts';

/** The key in an address that the body's schema has checked to be one. */
export function referenced(address: string): string {
  return referencedId(address) ?? address;
}
