import { Secret, TOTP } from 'otpauth';
import type { Instant } from '../../kernel/time.ts';

const issuer = 'Sallyport';
const period = 30;

/** A fresh secret of 160 bits for an authenticator app, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads as a picture: `otpauth://totp/…`. */
export function totpAddress(secret: string, account: string): string {
  return new TOTP({ issuer, label: account, secret, period }).toString();
}

/**
 * The time step whose code this is, if it is one of now or its neighbours, and none that was taken before; else null.
 * Of several steps with the same code it is the earliest that was not taken.
 * @param taken the last time step whose code was taken; null for none
 */
export function stepOfCode(code: string, secret: string, taken: number | null, realNow: Instant): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const now = TOTP.counter({ period, timestamp: realNow.epochMilliseconds });
  const matches = [now - 1, now, now + 1].filter((step) => codeAt(secret, step) === code);
  return matches.find((step) => taken === null || step > taken) ?? null;
}

function codeAt(secret: string, step: number): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), period, timestamp: step * period * 1000 });
}
