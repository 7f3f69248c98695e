import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** A passkey or security key of a person, as they see it. Instants are real time. */
export interface Passkey {
  /** Credential id, in base64url. */
  readonly id: string;
  readonly displayName: string;
  /** Whether it is kept in more places than one device. */
  readonly isSynced: boolean;
  readonly addedAt: Instant;
  readonly usedAt: Instant | null;
}

/** The authentication methods that a person has. */
export interface Methods {
  readonly hasPassword: boolean;
  readonly passkeys: readonly Passkey[];
  readonly hasTotp: boolean;
  /** How many recovery codes are left. */
  readonly recoveryCodes: number;
}

/**
 * What somebody has just shown: a password, a one-time code of an authenticator app, a recovery code, a passkey, a
 * one-time link; or that they are signed in at the provider and only asked for more.
 */
export type Proof = 'password' | 'totp' | 'recoveryCode' | 'passkey' | 'link' | 'session';

/** What a browser has shown so far, of one sign-in. */
export interface Progress {
  /** Whose sign-in it is, once something was shown that says so. */
  readonly userId: Id | null;
  readonly proofs: readonly Proof[];
}

export const nothingShown: Progress = { userId: null, proofs: [] };

/** Whether somebody with these methods can sign in with them. A passkey is two factors: the thing, and its PIN or finger. */
export function isComplete({ hasPassword, hasTotp, passkeys }: Methods): boolean {
  return passkeys.length > 0 || (hasPassword && hasTotp);
}

/** What a sign-in waits for. */
export type Awaited = 'firstFactor' | 'secondFactor' | 'link' | 'enrolment' | 'nothing';

/**
 * What is to be shown next.
 *
 * INVARIANT: nobody signs in with one factor; and nothing is enrolled on the strength of a password alone, so that a
 * stolen password is never enough to bind a second factor to it.
 */
export function awaited({ proofs }: Progress, methods: Methods): Awaited {
  if (proofs.length === 0) return 'firstFactor';
  if (proofs.includes('passkey')) return 'nothing';
  if (proofs.includes('link')) return isComplete(methods) ? 'nothing' : 'enrolment';
  if (proofs.includes('totp') || proofs.includes('recoveryCode')) return 'nothing';
  return methods.hasTotp || methods.passkeys.length > 0 ? 'secondFactor' : 'link';
}

/** What may be shown as a second factor. */
export function secondFactors({ hasTotp, passkeys, recoveryCodes }: Methods): Proof[] {
  const all: [Proof, boolean][] = [
    ['passkey', passkeys.length > 0],
    ['totp', hasTotp],
    ['recoveryCode', recoveryCodes > 0],
  ];
  return all.flatMap(([proof, isThere]) => (isThere ? [proof] : []));
}

const words: Readonly<Record<Proof, readonly string[]>> = {
  password: ['pwd'],
  totp: ['otp'],
  recoveryCode: ['otp'],
  passkey: ['fido'],
  link: ['otp'],
  session: [],
};

/**
 * The `amr` of a finished sign-in: how it was shown, and that it was multifactor.
 * @param before the `amr` of the sign-in that was added to
 */
export function amrOf(proofs: readonly Proof[], before: readonly string[] = []): string[] {
  const kept = proofs.includes('session') ? before : [];
  return [...new Set([...kept.filter((word) => word !== 'mfa'), ...proofs.flatMap((proof) => words[proof]), 'mfa'])];
}
