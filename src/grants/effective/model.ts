import type { Id } from '../../kernel/ids.ts';
import { earliest, type Instant, latest } from '../../kernel/time.ts';
import type { Binding } from '../ending.ts';
import { type EndReason, endOf, type Grant, type Mode } from '../model.ts';

/** A grant with why it has ended, if it has. */
export interface Link extends Grant {
  readonly endReason: EndReason | null;
}

/** A way from a principal to a privilege at an instant: memberships, nearest first, then the grant of the privilege. */
export interface Way {
  readonly principalId: Id;
  readonly principalKind: Grant['principal']['kind'];
  readonly links: readonly Link[];
  /** When the principal's account was shut after the instant; null if it was not. */
  readonly accountUntil: Instant | null;
}

/** Why something ends when it does. */
export type Why =
  | { readonly is: 'never' }
  /** It was ended early. */
  | { readonly is: 'ended'; readonly reason: EndReason; readonly grantId: Id }
  | { readonly is: 'accountDisabled' }
  /** Its planned end: what binds it, of which grant. */
  | { readonly is: 'planned'; readonly binding: Binding | null; readonly grantId: Id };

/** What a way comes to: what it is good for, from when until when, and why it ends. */
export interface Reach {
  /** Eligible as soon as something on the way has to be activated first. */
  readonly mode: Mode;
  readonly activations: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
  readonly why: Why;
}

/**
 * What a way comes to: it lives while all its links and the account do, so it starts with the last of them and ends
 * with the first.
 */
export function reachOf({ links, accountUntil }: Way): Reach {
  const [first] = links;
  if (first === undefined) throw new Error('A way leads over no grant');
  const activations = links.filter(({ mode }) => mode === 'eligible').length;
  const startsAt = links.reduce((start, link) => latest(start, link.startsAt) ?? start, first.startsAt);
  const endsAt = earliest(accountUntil, ...links.map(endOf));
  return {
    mode: activations > 0 ? 'eligible' : 'active',
    activations,
    startsAt,
    endsAt,
    why: whyOf(links, accountUntil, endsAt),
  };
}

function whyOf(links: readonly Link[], accountUntil: Instant | null, endsAt: Instant | null): Why {
  if (endsAt === null) return { is: 'never' };
  const isThen = (end: Instant | null) => end !== null && Temporal.Instant.compare(end, endsAt) === 0;
  if (isThen(accountUntil)) return { is: 'accountDisabled' };
  // What was ended by hand tells more than the plan, and what hung on something less than the thing itself.
  const [early] = links.filter((link) => isThen(link.endedAt)).sort((a, b) => rank(a) - rank(b));
  if (early?.endReason) return { is: 'ended', reason: early.endReason, grantId: early.id };
  const planned = links.filter((link) => isThen(link.endsAt));
  const source = planned.find(({ binding }) => binding?.by !== 'link') ?? planned[0];
  if (source === undefined) throw new Error('An end without a link that ends');
  return { is: 'planned', binding: source.binding, grantId: source.id };
}

function rank({ endReason }: Link): number {
  return endReason === 'link-ended' ? 1 : 0;
}
