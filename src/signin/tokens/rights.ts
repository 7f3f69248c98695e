import type { Id } from '../../kernel/ids.ts';
import { earliest, type Instant, isBefore } from '../../kernel/time.ts';

/** A directory role or a group membership that is active, by whatever way, and until when; null for no end. */
export interface ActivePrivilege {
  readonly kind: 'role' | 'group-member';
  readonly id: Id;
  readonly until: Instant | null;
}

/** What of a person's privileges a token says, and how long it may say so. */
export interface Rights {
  readonly roleIds: readonly Id[];
  readonly groupIds: readonly Id[];
  /** The real instant after which one of them may be over; null if none of them has an end. */
  readonly until: Instant | null;
}

/** Whoever has nothing that a token could say. */
export const noRights: Rights = { roleIds: [], groupIds: [], until: null };

/**
 * What a token says that is issued now.
 *
 * INVARIANT: no token outlives what it says. Privileges end by governance time and tokens by real time; both run alike,
 * so what is left of a privilege is counted from the real instant. (A rehearsal that jumps breaks that, and nothing but
 * a rehearsal can.) What ends within the second is left out, because no token is shorter.
 */
export function rightsAt(active: readonly ActivePrivilege[], governanceNow: Instant, realNow: Instant): Rights {
  const soonest = governanceNow.add({ seconds: 1 });
  const lasting = active.filter(({ until }) => until === null || !isBefore(until, soonest));
  const end = earliest(...lasting.map(({ until }) => until));
  return {
    roleIds: idsOf(lasting, 'role'),
    groupIds: idsOf(lasting, 'group-member'),
    until: end === null ? null : realNow.add(governanceNow.until(end)),
  };
}

function idsOf(active: readonly ActivePrivilege[], kind: ActivePrivilege['kind']): Id[] {
  return [...new Set(active.filter((one) => one.kind === kind).map(({ id }) => id))].sort();
}

/** How long a token may live in seconds, where others live `longest`. */
export function lifetimeOf({ until }: Rights, longest: number, realNow: Instant): number {
  if (until === null) return longest;
  return Math.max(1, Math.min(longest, Math.floor(realNow.until(until).total('seconds'))));
}
