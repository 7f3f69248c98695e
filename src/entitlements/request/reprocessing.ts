import { accept, type Outcome } from '../../kernel/outcome.ts';
import { after, type Instant, isBefore } from '../../kernel/time.ts';
import { type Assignment, assignmentState } from '../assignment/model.ts';
import { wrong } from '../refusals.ts';
import type { RequestState } from './machine.ts';

/** How long a request that could not be delivered can be tried again. Source: "Reprocess a request" in Graph's reference. */
const reprocessable = Temporal.Duration.from({ hours: 14 * 24 });

/** Whether the delivery of a request can be tried again. Refuses with `RequestNotReprocessable` (400). */
export function decideReprocessing(state: RequestState, now: Instant): Outcome<void> {
  const isFresh = state.is === 'deliveryFailed' && isBefore(now, after(state.at, reprocessable));
  if (isFresh) return accept(undefined);
  const message = 'Only a request that could not be delivered in the last 14 days is tried again.';
  return wrong('RequestNotReprocessable', message);
}

/** Whether what an assignment gives can be given anew. Refuses with `AssignmentNotReprocessable` (400). */
export function decideRedelivery(assignment: Pick<Assignment, 'endsAt' | 'endedAt'>, now: Instant): Outcome<void> {
  if (assignmentState(assignment, now).is === 'delivered') return accept(undefined);
  return wrong('AssignmentNotReprocessable', 'Only an assignment that is delivered is given anew.');
}
