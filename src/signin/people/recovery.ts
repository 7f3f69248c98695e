import { createHash, randomInt } from 'node:crypto';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const count = 10;
const length = 16;

/** Ten codes of 80 random bits, in groups of four. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: count }, () => {
    const text = Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
    return text.match(/.{4}/g)?.join('-') ?? text;
  });
}

/** What is kept of a code. It is random and long, so that a plain hash cannot be guessed backwards. */
export function hashOfRecoveryCode(code: string): string {
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(`recovery:${plain}`).digest('base64url');
}
