import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { TokenUser } from '../model.ts';

const derive = promisify(argon2);

/** Memory in KiB and passes: above what OWASP recommends for Argon2id, some 100 ms on a small machine. */
const cost = { memory: 47_104, passes: 2, parallelism: 1 };
const tagLength = 32;

/** Nobody's password, so that looking at an unknown name takes the same work as at a known one. */
export const nobodysHash = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Hashes a password with Argon2id, as a PHC string: its parameters can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { ...cost, message: normalised(password), nonce, tagLength });
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(nonce)}$${plain(tag)}`;
}

/**
 * Whether a password is the one that was hashed. Without a hash it does the same work and says no.
 * @param stored null where there is no such account, or it has no password
 */
export async function matchesPassword(password: string, stored: string | null): Promise<boolean> {
  const [, parameters = '', salt = '', hash = ''] =
    /\$v=19\$([^$]+)\$([^$]+)\$([^$]+)$/.exec(stored ?? nobodysHash) ?? [];
  const [memory = 0, passes = 0, parallelism = 0] = parameters.split(',').map((one) => Number(one.slice(2)));
  const wanted = Buffer.from(hash, 'base64');
  const nonce = Buffer.from(salt, 'base64');
  const message = normalised(password);
  const given = await derive('argon2id', { message, nonce, memory, passes, parallelism, tagLength: wanted.length });
  return timingSafeEqual(given, wanted) && stored !== null;
}

/** Two ways to write one letter are one password. */
function normalised(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'), 'utf8');
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

export const shortestPassword = 12;
export const longestPassword = 256;

/**
 * Whether somebody may have a password. Refused (400) with `PasswordTooShort`, `PasswordTooLong`, and `PasswordTooWeak`
 * where it says who it is for, or repeats itself. Source: NIST SP 800-63B, which asks for length and no mixture.
 */
export function decidePassword(password: string, user: TokenUser): Outcome<void> {
  const length = [...password.normalize('NFKC')].length;
  if (length < shortestPassword) {
    return refuse('invalid', 'PasswordTooShort', `A password has at least ${shortestPassword} characters.`, 'password');
  }
  if (length > longestPassword) {
    return refuse('invalid', 'PasswordTooLong', `A password has at most ${longestPassword} characters.`, 'password');
  }
  if (isGuessable(password.normalize('NFKC').toLowerCase(), user)) {
    const message = 'This password is too easy to guess: it says whose it is, or repeats itself.';
    return refuse('invalid', 'PasswordTooWeak', message, 'password');
  }
  return accept(undefined);
}

const common = ['password', 'passwort', 'qwerty', 'qwertz', 'letmein', 'welcome', 'willkommen', 'sallyport', 'admin'];

function isGuessable(password: string, { userPrincipalName, displayName }: TokenUser): boolean {
  const own = [userPrincipalName, ...userPrincipalName.split(/[@._-]/), displayName, ...displayName.split(/\s+/)];
  const all = [...own, ...common].map((one) => one.toLowerCase()).filter((one) => one.length >= 4);
  const names = all.sort((one, other) => other.length - one.length);
  const left = names.reduce((rest, name) => rest.replaceAll(name, ''), password).replace(/[^\p{L}\p{N}]/gu, '');
  // What is left when names are taken out, and digits that merely count, must still be something to guess.
  return new Set(left.replace(/^\d{1,4}|\d{1,4}$/g, '')).size < 5 || isSequence(password);
}

/** Whether each character follows the one before, as in `abcdefghijkl` or `123456789012`. */
function isSequence(password: string): boolean {
  const codes = [...password].map((letter) => letter.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return steps.filter((step) => Math.abs(step) <= 1).length >= steps.length - 1;
}
