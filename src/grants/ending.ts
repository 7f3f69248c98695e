import type { Id } from '../kernel/ids.ts';
import { type Instant, isBefore } from '../kernel/time.ts';

/** What a planned end comes from. */
export const endBounds = [
  // Whoever asked for it chose the end.
  'requested',
  // The policy of the access package.
  'policy',
  // PIM's rule for the privilege: how long an eligibility, an assignment, an activation may last.
  'eligibilityMaximum',
  'assignmentMaximum',
  'activationMaximum',
  // Something that it hangs on ends.
  'link',
] as const;

export type EndBound = (typeof endBounds)[number];

/** On the wire: why an end that lies ahead is where it is. */
export const plannedReasons = ['never', ...endBounds, 'unknown'] as const;

/** Why an end is where it is; `id` where it is a thing that binds: the link, or the group or role whose rule it is. */
export interface Binding {
  readonly by: EndBound;
  readonly id?: Id;
}

/** One of the ends that something has; null for never. */
export interface Ending extends Binding {
  readonly at: Instant | null;
}

/**
 * The one true end: the earliest of all ends that apply, and why it is that one. Of equal ends the first counts.
 * Both are null if none of them ever comes.
 */
export function bindingEnd(endings: readonly Ending[]): {
  readonly until: Instant | null;
  readonly binding: Binding | null;
} {
  let until: Instant | null = null;
  let binding: Binding | null = null;
  for (const { at, by, id } of endings) {
    if (at === null || (until !== null && !isBefore(at, until))) continue;
    until = at;
    binding = { by, ...(id === undefined ? {} : { id }) };
  }
  return { until, binding };
}

/** What was kept of a binding. */
export function boundBy(by: EndBound | null, id: Id | null): Binding | null {
  return by === null ? null : { by, ...(id === null ? {} : { id }) };
}
