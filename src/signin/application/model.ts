import type { JWK } from 'jose';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';

/** Something by which an application proves itself: a secret, of which a hash is kept, or a certificate. Real time. */
export type Credential = {
  readonly id: Id;
  readonly displayName: string | null;
  readonly startsAt: Instant;
  /** Null for no end. */
  readonly endsAt: Instant | null;
} & (Password | Certificate);

interface Password {
  readonly kind: 'password';
  /** Its first characters, by which people tell it from others; null where they were not kept. */
  readonly hint: string | null;
  readonly secretHash: string;
}

interface Certificate {
  readonly kind: 'certificate';
  readonly publicKey: JWK;
  /** SHA-256 of the certificate, in hexadecimal; null where it was not kept. */
  readonly thumbprint: string | null;
}

/** An application may have so many secrets and certificates at a time: enough for one to take over from another. */
export const mostCredentials = 10;

/** How long a secret lasts unless it is said, and at most. A day is 24 hours. */
const usual = { hours: 180 * 24 };
const longest = { hours: 730 * 24 };

/**
 * Whether something proves its application at a real instant. A secret is good from the moment that it exists, whatever
 * the clocks of two nodes say; a certificate has a beginning of its own.
 */
export function isInForce({ kind, startsAt, endsAt }: Credential, at: Instant): boolean {
  const hasBegun = kind === 'password' || !isBefore(at, startsAt);
  return hasBegun && (endsAt === null || isBefore(at, endsAt));
}

/** Until when a new secret is good. Refused with `CredentialLifetimeNotValid` (400): two years at most, and not over. */
export function decideEnd(wanted: Instant | null, now: Instant): Outcome<Instant> {
  if (wanted === null) return accept(now.add(usual));
  const isUsable = isBefore(now, wanted) && !isBefore(now.add(longest), wanted);
  if (isUsable) return accept(wanted);
  const message = 'A secret lasts two years at most, and ends in the future. Leave the end out for 180 days.';
  return refuse('invalid', 'CredentialLifetimeNotValid', message, 'endDateTime');
}

/** Refuses another credential with `CredentialLimitReached` (409) where there are as many as there may be. */
export function decideMore(count: number): Outcome<void> {
  if (count < mostCredentials) return accept(undefined);
  const message = `An application has ${mostCredentials} secrets and certificates at most. Remove one first.`;
  return refuse('conflict', 'CredentialLimitReached', message);
}

/** Refuses permissions that nothing here asks for, with `PermissionUnknown` (400): a misspelt one would be missed. */
export function decidePermissions(wanted: readonly string[], known: ReadonlySet<string>): Outcome<void> {
  const unknown = wanted.find((one) => !known.has(one));
  if (unknown === undefined) return accept(undefined);
  const message = `No operation here asks for the permission '${unknown}'. See docs/reference/operations.md.`;
  return refuse('invalid', 'PermissionUnknown', message, 'permissions');
}
