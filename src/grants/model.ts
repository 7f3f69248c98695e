import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { contains, earliest, type Instant, isBefore, type Window } from '../kernel/time.ts';
import { type Binding, bindingEnd, type Ending, endBounds } from './ending.ts';

/** What can be given: a directory role, membership or ownership of a group, or a role of entitlement management. */
export type PrivilegeKind = 'role' | 'group-member' | 'group-owner' | 'entitlement-role';

/** Who can be given something. */
export type PrincipalKind = 'user' | 'group' | 'app';

/** Eligible: may activate. Active: has it now. */
export type Mode = 'eligible' | 'active';

/** Where a grant came from. */
export type OriginKind = 'assigned' | 'rule' | 'package' | 'activation';

/** Something to hold: the id is a role's or a group's. */
export interface Privilege {
  readonly kind: PrivilegeKind;
  readonly id: Id;
  /** `/` is the whole tenant; a role of entitlement management may be had in one catalog alone. */
  readonly scope: string;
}

export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: Id;
}

/** Why a grant ended before its planned end. */
export const endReasons = [
  'removed',
  'deactivated',
  'link-ended',
  'account-disabled',
  'deleted',
  'rule-left',
  'revoked',
  // The access package that gave it does not give it any more.
  'package-changed',
  // Said beforehand: the end lies ahead, or nobody has announced it yet.
  'leaving',
  'left',
] as const;

export type EndReason = (typeof endReasons)[number];

/** On the wire: why an end is where it is, whether it was planned or came early. */
export const endingReasons = ['never', ...endReasons, ...endBounds, 'unknown'] as const;

/** What a grant hangs on: another grant, or a package assignment, with its planned end. */
export interface Link {
  readonly kind: 'grant' | 'package-assignment';
  readonly id: Id;
  readonly endsAt: Instant | null;
}

/** One row of the ledger. */
export interface Grant {
  readonly id: Id;
  readonly principal: Principal;
  readonly privilege: Privilege;
  readonly mode: Mode;
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Why the planned end is where it is; null for a permanent grant. */
  readonly binding: Binding | null;
  readonly origin: { readonly kind: OriginKind; readonly id: string };
  readonly correlation: Id;
  readonly givenAt: Instant;
}

/** What is asked of the ledger. */
export interface NewGrant {
  /** The id that it shall have, such as that of the request it comes from; a fresh one if missing. */
  readonly id?: Id;
  readonly principal: Principal;
  readonly privilege: Privilege;
  readonly mode: Mode;
  readonly window: Window;
  /** Where the end of the window comes from; `requested` if missing. */
  readonly binding?: Binding;
  readonly origin: { readonly kind: OriginKind; readonly id: string };
  readonly correlation: Id;
  readonly links?: readonly Link[];
}

/**
 * The window that a new grant really gets, and what binds its end: it is capped at the ends of all that it hangs on,
 * so that time alone ends it. Refused if nothing would be left of it.
 */
export function cappedWindow(
  asked: Pick<NewGrant, 'window' | 'binding' | 'links'>,
): Outcome<{ readonly window: Window; readonly binding: Binding | null }> {
  const { window, links = [], binding = { by: 'requested' } } = asked;
  const hangs = links.map(({ endsAt, id }): Ending => ({ at: endsAt, by: 'link', id }));
  const end = bindingEnd([...hangs, { at: window.until, ...binding }]);
  if (end.until !== null && !isBefore(window.from, end.until)) {
    return refuse('conflict', 'GrantWindowEmpty', 'What this would hang on has ended by the time that it would start.');
  }
  return accept({ window: { from: window.from, until: end.until }, binding: end.binding });
}

/** When a grant ends or has ended; null for never. */
export function endOf(grant: Pick<Grant, 'endsAt' | 'endedAt'>): Instant | null {
  return earliest(grant.endsAt, grant.endedAt);
}

/** Whether a grant is in force at an instant. */
export function isLive(grant: Pick<Grant, 'startsAt' | 'endsAt' | 'endedAt'>, at: Instant): boolean {
  return contains({ from: grant.startsAt, until: endOf(grant) }, at);
}

/** A way from a person to a privilege: memberships, then the grant itself. It lives while all its links live. */
export interface Path {
  readonly grant: Grant;
  /** The grants of membership on the way, nearest to the person first; empty for a direct grant. */
  readonly through: readonly Id[];
  /** The end of the earliest link, null for never. */
  readonly until: Instant | null;
}
