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

/** How an application takes part in signing people in. */
export interface AppSignIn {
  /** Where a browser may come back to; none where nobody signs in to it. */
  readonly redirectUris: readonly string[];
  /** Whether it can keep no secret: it runs on the machine of whoever uses it. */
  readonly isPublic: boolean;
}

/** A person as a token names them. */
export interface TokenUser {
  readonly id: Id;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

/** A person's account as it is now. */
export interface Account extends TokenUser {
  readonly accountEnabled: boolean;
  readonly mail?: string | null;
}

/** How and when a person proved who they are, in real time. */
export interface Authentication {
  readonly at: Instant;
  readonly mfa: boolean;
  /** Authentication methods (`amr`), where more is known than whether there were several. */
  readonly methods?: readonly string[];
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
