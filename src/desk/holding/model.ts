import { type Privilege, reachOf, type Way } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { after, type Instant, isBefore, latest } from '../../kernel/time.ts';

/** A privilege that somebody holds in a mode, with all their ways to it, the longest-lived first. */
export interface Holding {
  readonly privilege: Privilege;
  readonly ways: readonly [Way, ...Way[]];
  /** When the last of the ways ends; null for never. */
  readonly endsAt: Instant | null;
}

/** What somebody holds of what PIM manages: roles, and places in groups that are under it. */
export interface Holdings {
  /** What has to be activated first: once, or where a membership on the way is eligible too, twice. */
  readonly eligible: readonly Holding[];
  readonly active: readonly Holding[];
}

/** Sorts ways by what they lead to. Roles of entitlement management are no business of PIM. */
export function holdingsOf(ways: readonly Way[], onboarded: ReadonlySet<Id>): Holdings {
  const managed = ways.filter((way) => isManaged(way, onboarded));
  return {
    eligible: held(managed.filter((way) => reachOf(way).mode === 'eligible')),
    active: held(managed.filter((way) => reachOf(way).mode === 'active')),
  };
}

/** Whether PIM manages what a way leads to: a role, or a place in one of its groups. */
export function isManaged(way: Way, onboarded: ReadonlySet<Id>): boolean {
  const { kind, id } = privilegeOf(way);
  return kind === 'role' || (kind !== 'entitlement-role' && onboarded.has(id));
}

/** The groups that ways lead to a place in. */
export function groupsIn(ways: readonly Way[]): Id[] {
  const places = ways.map(privilegeOf).filter(({ kind }) => kind === 'group-member' || kind === 'group-owner');
  return [...new Set(places.map(({ id }) => id))];
}

/** What a way leads to. */
export function privilegeOf({ links }: Way): Privilege {
  const last = links.at(-1);
  if (last === undefined) throw new Error('A way leads over no grant');
  return last.privilege;
}

/** Ways put together by their privilege. */
export function held(ways: readonly Way[]): Holding[] {
  const byPrivilege = Map.groupBy(ways, (way) => {
    const { kind, id, scope } = privilegeOf(way);
    return `${kind} ${id} ${scope}`;
  });
  return [...byPrivilege.values()].map((of) => {
    const [first, ...rest] = of.toSorted(longestFirst);
    if (first === undefined) throw new Error('A group of nothing');
    const endsAt = latest(...of.map((way) => reachOf(way).endsAt));
    return { privilege: privilegeOf(first), ways: [first, ...rest], endsAt };
  });
}

// Of ways that need fewer activations, that which lasts longest.
function longestFirst(one: Way, other: Way): number {
  const [a, b] = [reachOf(one), reachOf(other)];
  if (a.activations !== b.activations) return a.activations - b.activations;
  if (a.endsAt === null || b.endsAt === null) return Number(a.endsAt !== null) - Number(b.endsAt !== null);
  return Temporal.Instant.compare(b.endsAt, a.endsAt);
}

/** How far ahead "soon" reaches. Entra tells of the end of assignments within 14 days of it. */
const soon = Temporal.Duration.from('P14D');

/** Whether an end lies ahead, and soon. */
export function isSoon(end: Instant | null, now: Instant): end is Instant {
  return end !== null && isBefore(now, end) && !isBefore(after(now, soon), end);
}

/**
 * What ends soon of what somebody holds. What a package gave ends with its assignment and what was activated after
 * hours: neither is told of here.
 */
export function holdingsEndingSoon({ eligible, active }: Holdings, now: Instant): Holding[] {
  return [...eligible, ...active].filter(({ ways: [way], endsAt }) => {
    const isGiven = way.links.every(({ origin }) => origin.kind !== 'package' && origin.kind !== 'activation');
    return isGiven && isSoon(endsAt, now);
  });
}
