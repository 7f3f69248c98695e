import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';

/** What of a user a claim is compared with. */
export const userAttributes = ['userPrincipalName', 'id', 'employeeId'] as const;

/** Which claim of an ID token says who somebody is, and what of a user it is. */
export interface UserMapping {
  readonly claim: string;
  readonly attribute: (typeof userAttributes)[number];
}

/** Claims of an ID token, as they came. */
type Claims = Readonly<Record<string, unknown>>;

/** The value of the claim that says who it is; refused with `SignInUserUnknown` where it is missing or no text. */
export function nameIn(claims: Claims, { claim }: UserMapping): Outcome<string> {
  const value = claims[claim];
  return typeof value === 'string' && value !== '' ? accept(value) : unknownUser();
}

/** Nobody here is whom the provider signed in, or it is not clear who. */
export function unknownUser(): Outcome<never> {
  return refuse('unauthenticated', 'SignInUserUnknown', 'Nobody here is whom the provider signed in.');
}

/** What a sign-in has proven beyond who it is. */
export interface Proof {
  /** When multifactor authentication was proven; null if it was not. */
  readonly mfaAt: Instant | null;
  /** Authentication contexts that it satisfied (`c1` to `c99`). */
  readonly contexts: readonly string[];
}

/**
 * What an ID token proves. Multifactor authentication is as old as the authentication (`auth_time`); where the provider
 * does not say how old that is, as old as the token.
 */
export function proofIn(claims: Claims, mfa: { readonly claim: string; readonly value: string }): Proof {
  const at = [claims['auth_time'], claims['iat']].find((one) => typeof one === 'number');
  const isMfa = textsOf(claims[mfa.claim]).includes(mfa.value) && at !== undefined;
  return {
    mfaAt: isMfa ? Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(at)) * 1000) : null,
    contexts: textsOf(claims['acrs']).filter((one) => /^c[1-9]\d?$/.test(one)),
  };
}

/** The methods by which an ID token says that somebody authenticated (`amr`). */
export function methodsIn(claims: Claims): readonly string[] {
  return textsOf(claims['amr']);
}

function textsOf(claim: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.filter((one) => typeof one === 'string');
}
