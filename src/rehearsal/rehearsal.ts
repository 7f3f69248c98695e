import type { Outcome } from '../kernel/outcome.ts';
import type { HttpRequest } from '../platform/http.ts';
import type { StartedSession } from '../signin/index.ts';
import type { ClockFace } from './clock.ts';
import type { ClockCommand } from './time.ts';

/** What a rehearsal begins with: its people alone, or the seed's whole design beside them. */
export const beginnings = ['people', 'design'] as const;
export type Beginning = (typeof beginnings)[number];

/** A mail as the mailbox shows it. */
export interface MailboxEntry {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sentDateTime: string;
  /** The same for the same event and person, however often it is sent. */
  readonly messageId: string;
  /** The type of the event that it tells of. */
  readonly event: string;
}

/** Who and what there is in a rehearsal. */
export interface RehearsalDescription {
  readonly tenantId: string;
  readonly now: string;
  /** Its people alone, or the whole design. */
  readonly beganWith: Beginning;
  readonly users: readonly {
    readonly id: string;
    readonly userPrincipalName: string;
    readonly displayName: string;
    readonly jobTitle: string | null;
    readonly managerId: string | null;
  }[];
  readonly apps: readonly {
    readonly appId: string;
    readonly displayName: string;
    readonly permissions: readonly string[];
    /** Null for an app that is not of the cast: a secret is told once, and only its hash is kept. */
    readonly clientSecret: string | null;
  }[];
}

export interface MintedToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds of real time. */
  readonly expires_in: number;
}

/** What the rehearsal's own paths stand on. */
export interface Rehearsal {
  clock(): Promise<ClockFace>;
  describe(): Promise<RehearsalDescription>;
  /** A token for anyone of the cast or for an app, signed like every other; `acrs`: the contexts that it satisfies. */
  mint(who: { user: string; mfa?: boolean; acrs?: string[] } | { app: string }): Promise<Outcome<MintedToken>>;
  /** Signs the browser in as anyone of the cast. Refused with `UserNotFound` and `AccountDisabled`. */
  signIn(request: HttpRequest, who: { user: string; mfa?: boolean; acrs?: string[] }): Promise<Outcome<StartedSession>>;
  /** Takes multifactor authentication as proven now, in the session of the browser. Refused with `NotSignedIn`. */
  proveMfa(request: HttpRequest, proven: { acrs?: string[] }): Promise<Outcome<StartedSession>>;
  move(command: ClockCommand): Promise<Outcome<ClockFace>>;
  /** All mails, or those to one person (user principal name or id), oldest first. */
  mailTo(user: string | null): Promise<Outcome<readonly MailboxEntry[]>>;
  /** Puts organisation, mailbox and time back to the beginning, or begins anew with something else. */
  reset(beginWith?: Beginning): Promise<void>;
}
