import type { Id } from '../../kernel/ids.ts';
import { type Instant, toMicroseconds } from '../../kernel/time.ts';

/** Seven days of governance time, in which something happened. */
export interface Week {
  readonly id: Id;
  readonly from: Instant;
  readonly until: Instant;
}

/** How often something happened in a week. */
export interface WeekCounts {
  /** Activations that came about. */
  readonly activated: number;
  /** Eligibilities that were given, by administrators and by packages. */
  readonly eligible: number;
  /** Active assignments of roles that were given in PIM or by packages, those for good included. */
  readonly active: number;
  /** Those of them without an end. */
  readonly permanent: number;
  /** Active assignments of roles besides PIM. */
  readonly outside: number;
  /** Of what was given, activations aside, what has run out or was taken away. */
  readonly ended: number;
}

/** How many people can have a role. */
export interface RoleCounts {
  readonly id: Id;
  /** People who have it for good, by themselves or through groups. */
  readonly permanent: number;
  /** People who can activate it, and do not have it for good. */
  readonly eligible: number;
}

const topRoles = 5;

/** The seven days from an instant on. */
export function weekFrom(id: Id, from: Instant): Week {
  return { id, from, until: toMicroseconds(from.add({ hours: 7 * 24 })) };
}

/** A way from a person to a role, as far as roles are counted by it. */
export interface CountedWay {
  readonly userId: Id;
  readonly roleId: Id;
  readonly mode: 'eligible' | 'active';
  readonly until: Instant | null;
}

/** The roles that most people have for good or can activate, the most first, five at most. */
export function topOf(ways: readonly CountedWay[]): RoleCounts[] {
  return [...Map.groupBy(ways, ({ roleId }) => roleId)]
    .map(([id, all]) => countsOf(id, all))
    .filter(({ permanent, eligible }) => permanent + eligible > 0)
    .sort((a, b) => b.permanent + b.eligible - (a.permanent + a.eligible) || (a.id < b.id ? -1 : 1))
    .slice(0, topRoles);
}

function countsOf(id: Id, ways: readonly CountedWay[]): RoleCounts {
  const permanent = peopleOf(ways, ({ mode, until }) => mode === 'active' && until === null);
  const eligible = peopleOf(ways, ({ mode }) => mode === 'eligible').difference(permanent);
  return { id, permanent: permanent.size, eligible: eligible.size };
}

function peopleOf(ways: readonly CountedWay[], is: (way: CountedWay) => boolean): Set<Id> {
  return new Set(ways.filter(is).map(({ userId }) => userId));
}
