import { type Id, isId } from '../../kernel/ids.ts';
import { after, type Instant, isBefore } from '../../kernel/time.ts';

/** Anyone who can hold something: a user, a group, or an application's service principal. */
export interface DirectoryPrincipal {
  readonly kind: 'user' | 'group' | 'app';
  readonly id: Id;
  readonly displayName: string;
}

/**
 * The security identifier (SID) that Entra derives from an object's id: `S-1-12-1` and the GUID's 16 bytes as four
 * little-endian numbers.
 */
export function securityIdentifier(id: Id): string {
  if (!isId(id)) throw new Error(`Not a GUID: ${id}`);
  const hex = id.replaceAll('-', '');
  const [a, b, c] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16)];
  const swapped = (text: string) => (text.match(/../g) ?? []).reverse().join('');
  const parts = [a, c + b, swapped(hex.slice(16, 24)), swapped(hex.slice(24, 32))];
  return `S-1-12-1-${parts.map((part) => Number.parseInt(part ?? '', 16)).join('-')}`;
}

const restorable = Temporal.Duration.from({ hours: 30 * 24 });

/** Whether an object is deleted and can still be restored: for 30 days, as in Entra. */
export function isRestorable(deletedAt: Instant | null, now: Instant): boolean {
  return deletedAt !== null && isBefore(now, after(deletedAt, restorable));
}
