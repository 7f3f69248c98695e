import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);

const cost = { N: 16_384, r: 8, p: 1 };
const bytes = 32;

/** The shortest client secret that is taken. */
export const shortestSecret = 24;

/** A fresh client secret of 240 random bits, in characters that need no escaping anywhere. */
export function newSecret(): string {
  return randomBytes(30).toString('base64url');
}

/** Hashes a client secret. The parameters are part of the text, so that they can be raised later. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, bytes, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether the secret is the one that was hashed, in a time that does not depend on where they differ. */
export async function matchesSecret(secret: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const wanted = Buffer.from(hash, 'base64url');
  const given = await derive(secret, Buffer.from(salt, 'base64url'), wanted.length, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(given, wanted);
}
