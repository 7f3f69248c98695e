import type { Id } from './ids.ts';
import type { Instant } from './time.ts';

/** A person, calling with a delegated token. */
export interface UserCaller {
  readonly kind: 'user';
  readonly id: Id;
  readonly userPrincipalName: string;
  readonly displayName: string;
  /** The application that the person uses. */
  readonly appId: string;
  /** When multifactor authentication was last proven, in real time; null if the sign-in had none. */
  readonly mfaAt: Instant | null;
  /** Authentication contexts that the sign-in satisfied (`c1` to `c99`, the token's `acrs`); none if missing. */
  readonly authenticationContexts?: readonly string[];
  /** The session of the browser that calls; missing where a token does. It proves nothing. */
  readonly sessionId?: Id;
}

/** An application, calling for itself with client credentials. */
export interface AppCaller {
  readonly kind: 'app';
  readonly id: Id;
  readonly appId: string;
  readonly displayName: string;
  /** Graph application permissions, such as `EntitlementManagement.ReadWrite.All`. */
  readonly permissions: readonly string[];
}

/** Sallyport itself, when time passes. It moves on what people decided and decides nothing for them. */
export interface SystemCaller {
  readonly kind: 'system';
}

export type Caller = UserCaller | AppCaller | SystemCaller;

/** Whether an id is that of the person or app who calls. Sallyport itself has none. */
export function isCaller(caller: Caller, id: Id | null): boolean {
  return caller.kind !== 'system' && caller.id === id;
}
