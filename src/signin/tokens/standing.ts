import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** What is true of an account now, whatever was issued to it before. */
export interface Standing {
  /** Whether the account is there and enabled, by governance time. */
  readonly isUsable: boolean;
  /** Real instant; what was proven or issued before is worth nothing. Null where nothing was ever revoked. */
  readonly validFrom: Instant | null;
}

/** The standing of a person or an app; that of nobody is not usable. */
export type StandingOf = (id: Id) => Promise<Standing>;

/**
 * Whether something that is of a second was revoked. INVARIANT: what is of the very second of a revocation counts as
 * older, because tokens keep whole seconds: nothing that might have been there before survives it.
 * @param second of the epoch, in which a person signed in or a token was issued
 */
export function isRevoked(second: number, validFrom: Instant | null): boolean {
  return validFrom !== null && second * 1000 < validFrom.epochMilliseconds;
}
