import {
  bool,
  enumOf,
  guid,
  instant,
  int,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';
import { named, possible } from '../holding/contract.ts';

/** What a request goes through, in this order; an escalation follows its stage. */
export const stepNames = [
  'submitted',
  'stage',
  'escalation',
  /** An administrator answers a wish to extend or renew. */
  'administrator',
  'canceled',
  /** It waits for the start that was asked for. */
  'start',
  'delivery',
  /** What the request takes away is gone. */
  'removal',
  'end',
] as const;

export const stepResults = [
  'approved',
  'denied',
  'timedOut',
  /** The approver took the approval back, which denied the request. */
  'takenBack',
  'delivered',
  'failed',
  'removed',
] as const;

const step = shape({
  step: required(enumOf(stepNames)),
  /** Counted from 1; of stages and their escalations. */
  stage: required(nullable(int())),
  state: required(enumOf(['done', 'current', 'ahead', 'skipped'])),
  /** When it was done, or will be where that is certain. */
  at: required(nullable(instant())),
  by: required(nullable(shape(named))),
  result: required(nullable(enumOf(stepResults))),
  /** The code of a failure; of the end what ended it early or what binds it: `policy`, `removedByTarget` … */
  cause: required(nullable(text())),
  justification: required(nullable(text())),
  /** Who has it now, or will be asked as things are. */
  holders: required(listOf(shape(named))),
  /** False where the policy does not let those who ask see who decides: then `by` and `holders` say nothing. */
  areHoldersShown: required(bool()),
  since: required(nullable(instant())),
  /** Until when it is to be done; of what lies ahead, if all before takes as long as it may. */
  until: required(nullable(instant())),
  /** What follows if it goes well; of the current step. */
  next: required(nullable(enumOf(stepNames))),
});

/** What `GET /sallyport/assignmentRequests/{id}/timeline` and `…/scheduleRequests/{id}/timeline` answer. */
export const timelineAnswer = shape({
  id: required(guid()),
  kind: required(enumOf(['accessPackage', 'privilege'])),
  /** Graph's type of the request, or PIM's action: `userAdd`, `selfActivate` … */
  type: required(text()),
  what: required(shape({ ...named, type: required(enumOf(['accessPackage', 'role', 'group'])) })),
  requestor: required(shape(named)),
  target: required(shape(named)),
  /** How the request stands now: Graph's `accessPackageRequestState`, or PIM's state here. */
  state: required(
    enumOf([
      'pendingApproval',
      'scheduled',
      'delivered',
      'deliveryFailed',
      'denied',
      'canceled',
      'pendingAdminDecision',
      'granted',
      'timedOut',
      'failed',
      'revoked',
    ]),
  ),
  now: required(instant()),
  steps: required(listOf(step)),
  /** Whether the caller can cancel it now; if not, the refusal that they would meet. */
  cancellation: required(shape({ ...possible, path: required(text()) })),
});

export type Timeline = Static<typeof timelineAnswer>;
export type TimelineStep = Timeline['steps'][number];
