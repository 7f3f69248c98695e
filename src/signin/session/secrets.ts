import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits that only their bearer knows, in characters that need no escaping. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text could be one that `newSecret` made. */
export function isSecret(text: string | null): text is string {
  return text !== null && /^[\w-]{43}$/.test(text);
}

/** What is kept of a secret: who reads the database can sign in with none. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** The token against forged requests of one session: known only to pages of ours, which read it in `GET /session`. */
export function csrfOf(secret: string): string {
  return createHash('sha256').update(`csrf:${secret}`).digest('base64url');
}

/** Whether two texts are the same, in a time that does not depend on where they differ. */
export function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(wanted).digest());
}
