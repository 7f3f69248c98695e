import type { EventTarget } from '../kernel/event.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

/** What a mail is made from: an event, as far as mails look at it. */
export interface Occasion {
  readonly type: string;
  readonly at: Instant;
  readonly subject: string;
  readonly reason: string | null;
  readonly targets: readonly EventTarget[];
  readonly actorId: Id | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whom a mail is for: null for an address that is nobody's account. */
export type Reader = Id | null;
