import type { Id } from '../../kernel/ids.ts';
import type { Runtime } from '../../platform/transaction.ts';
import type { Account } from '../model.ts';
import type { Rights } from '../tokens/rights.ts';
import type { StandingOf } from '../tokens/standing.ts';

/** What signing in people stands on. */
export interface PeoplePorts {
  /** For what is recorded; its `now` is governance time. */
  readonly runtime: Runtime;
  /** How long a sign-in at the provider lasts unused, and at most. */
  readonly lifetimes: { readonly idle: Temporal.Duration; readonly absolute: Temporal.Duration };
  /** The account of an id; null if it is deleted or never was. */
  readonly accountOf: (id: Id) => Promise<Account | null>;
  /** The account of a user principal name, letter case aside; null if there is none. */
  readonly accountNamed: (userPrincipalName: string) => Promise<Account | null>;
  /** Whether an account is usable now, and since when what it was given is worth something. */
  readonly standingOf: StandingOf;
  /** What of the privileges of a person, or an app, a token says that is issued now. */
  readonly rightsOf: (id: Id) => Promise<Rights>;
}
