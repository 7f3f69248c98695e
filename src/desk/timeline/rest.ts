import { type AssignmentRequest, requestState } from '../../entitlements/index.ts';
import { type Instant, isBefore, parseInstant } from '../../kernel/time.ts';
import { type ScheduleRequest, stateAt } from '../../privileged/index.ts';
import type { TimelineStep } from './contract.ts';
import { placeAt, type Rest } from './model.ts';

/** When something ends or has ended, and why. */
export interface KnownEnd {
  readonly at: Instant | null;
  readonly reason: string;
}

const removals: readonly string[] = ['userRemove', 'adminRemove', 'systemRemove', 'approverRemove', 'selfDeactivate'];

/** What a request for a package comes to once nobody has to decide any more: its start, its delivery, its end. */
export function restOfPackage(request: AssignmentRequest, end: KnownEnd | null, now: Instant): Rest[] {
  const state = requestState(request.state, now);
  if (removals.includes(request.requestType)) return [removal(state.is === 'delivered' ? state.at : null)];
  const asked = request.snapshot.startDateTime ? parseInstant(request.snapshot.startDateTime) : null;
  const isOver = state.is === 'denied' || state.is === 'canceled';
  const canceled: Rest[] = state.is === 'canceled' ? [{ step: 'canceled', state: 'done', at: state.at }] : [];
  const place = (ahead: TimelineStep['state']) => (isOver ? 'skipped' : ahead);
  const start: Rest[] = asked === null ? [] : [startOf(asked, place(startPlace(state.is)))];
  if (state.is === 'delivered') {
    return [
      ...canceled,
      ...start,
      { step: 'delivery', state: 'done', at: state.at, result: 'delivered' },
      endStep(end, now),
    ];
  }
  if (state.is === 'deliveryFailed') {
    const failed: Rest = { step: 'delivery', state: 'done', at: state.at, result: 'failed', cause: state.cause };
    return [...start, failed, { step: 'end', state: 'skipped' }];
  }
  return [...canceled, ...start, { step: 'delivery', state: place('ahead') }, { step: 'end', state: place('ahead') }];
}

function startPlace(is: ReturnType<typeof requestState>['is']): TimelineStep['state'] {
  if (is === 'pendingApproval') return 'ahead';
  return is === 'scheduled' ? 'current' : 'done';
}

function startOf(at: Instant, state: TimelineStep['state']): Rest {
  return { step: 'start', state, at, ...(state === 'current' ? { until: at } : {}) };
}

function removal(at: Instant | null): Rest {
  return at === null ? { step: 'removal', state: 'ahead' } : { step: 'removal', state: 'done', at, result: 'removed' };
}

function endStep(end: KnownEnd | null, now: Instant): Rest {
  return { step: 'end', state: placeAt(end?.at ?? null, now), at: end?.at ?? null, cause: end?.reason ?? null };
}

/** What a request to PIM comes to once nobody has to decide any more, or an administrator has answered. */
export function restOfActivation(request: ScheduleRequest, end: KnownEnd | null, now: Instant): Rest[] {
  const state = stateAt(request.state, now);
  if (state.is === 'revoked') return [removal(state.at)];
  const answer = isAsking(request) ? [administratorStep(request, now)] : [];
  switch (state.is) {
    case 'pendingApproval':
    case 'pendingAdminDecision':
      return [...answer, { step: 'delivery', state: 'ahead' }, { step: 'end', state: 'ahead' }];
    case 'granted':
      return [...answer, ...given(state, now), endStep(end, now)];
    case 'failed': {
      const failed: Rest = { step: 'delivery', state: 'done', at: state.at, result: 'failed', cause: state.code };
      return [...answer, failed, { step: 'end', state: 'skipped' }];
    }
    case 'canceled':
    case 'denied':
    case 'timedOut': {
      const canceled: Rest[] = state.is === 'canceled' ? [{ step: 'canceled', state: 'done', at: state.at }] : [];
      return [...answer, ...canceled, { step: 'delivery', state: 'skipped' }, { step: 'end', state: 'skipped' }];
    }
    default:
      return state satisfies never;
  }
}

function given({ at, startsAt }: { readonly at: Instant; readonly startsAt: Instant }, now: Instant): Rest[] {
  const delivered: Rest = { step: 'delivery', state: 'done', at: startsAt, result: 'delivered' };
  if (!isBefore(at, startsAt)) return [delivered];
  const isWaiting = isBefore(now, startsAt);
  return [
    startOf(startsAt, isWaiting ? 'current' : 'done'),
    isWaiting ? { step: 'delivery', state: 'ahead', at: startsAt } : delivered,
  ];
}

function isAsking({ action }: ScheduleRequest): boolean {
  return action === 'selfExtend' || action === 'selfRenew';
}

/** The answer of an administrator: any of those who may answer has it, until its time is up. */
function administratorStep({ state: kept, createdAt }: ScheduleRequest, now: Instant): Rest {
  const state = stateAt(kept, now);
  if (state.is === 'pendingAdminDecision') {
    return { step: 'administrator', state: 'current', since: createdAt, until: state.decideBy };
  }
  if (state.is === 'canceled') return { step: 'administrator', state: 'skipped', since: createdAt };
  const result = state.is === 'granted' ? 'approved' : state.is === 'timedOut' ? 'timedOut' : 'denied';
  const at = 'at' in state ? state.at : null;
  return { step: 'administrator', state: 'done', at, result, since: createdAt };
}
