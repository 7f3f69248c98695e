import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

/** An application that may sign in for itself. */
export interface App {
  /** The service principal's id, which is the `oid` in its tokens. */
  readonly id: Id;
  /** The application (client) id. */
  readonly appId: Id;
  readonly displayName: string;
  /** Graph application permissions, such as `EntitlementManagement.ReadWrite.All`. */
  readonly permissions: readonly string[];
}

/** A person as a token names them. */
export interface TokenUser {
  readonly id: Id;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

/** How and when a person proved who they are, in real time. */
export interface Authentication {
  readonly at: Instant;
  readonly mfa: boolean;
  /** Authentication contexts that were satisfied (`c1` to `c99`). */
  readonly contexts?: readonly string[];
}

/** OAuth's answer with a token. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
}

/** Real time, as `platform/clock.ts` gives it. */
export interface RealClock {
  now(): Instant;
}
