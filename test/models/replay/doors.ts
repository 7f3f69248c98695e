import type { Logged, Row, Told } from './log.ts';
import { changed, made, rowOf, type Teller, tellersOf } from './teller.ts';

/** How requests for packages, their approvals and assignments stand, told from the log alone. */

const over = { pending_until: null, starts_at: null, cause: null };

const created: Teller = (told, event) => {
  const { data } = event;
  const snapshot = data['snapshot'] as Row;
  const { expiration, startDateTime = null } = snapshot;
  made(told, 'assignment_request', {
    id: event.subject,
    request_type: data['requestType'],
    package_id: data['packageId'],
    policy_id: data['policyId'],
    requestor_id: data['requestorId'],
    target_id: data['targetId'],
    assignment_id: data['assignmentId'],
    asked_assignment_id: data['askedAssignmentId'],
    justification: event.reason,
    answers: data['answers'],
    schedule: { startDateTime, expiration, recurrence: null },
    snapshot,
    created_at: data['createdAt'],
    correlation_id: event.correlation,
    deleted_at: null,
    ...over,
    state: 'pendingApproval',
    pending_until: event.at,
    completed_at: null,
  });
};

/** A request to end what there is: it is made and done at once. */
const removed: Teller = (told, event) => {
  created(told, event);
  ended(told, event, 'delivered', { completed_at: event.data['createdAt'] });
};

function ended(told: Told, event: Logged, state: string, more: Row = {}): void {
  changed(told, 'assignment_request', event.subject, { ...over, state, completed_at: event.at, ...more });
}

const fulfilled: Teller = (told, event) => {
  ended(told, event, 'delivered', { assignment_id: event.data['assignmentId'] });
};

/** What a request has changed of an assignment that there was: the answers. The assignment tells of its end itself. */
const updated: Teller = (told, event) => {
  fulfilled(told, event);
  changed(told, 'package_assignment', String(event.data['assignmentId']), { answers: event.data['answers'] });
};

const requests: Readonly<Record<string, Teller>> = {
  ...tellersOf('assignment-request', created, [
    'submitted',
    'userUpdated',
    'onBehalfAdded',
    'adminAdded',
    'adminUpdated',
    'systemAdded',
  ]),
  ...tellersOf('assignment-request', removed, ['userRemoved', 'adminRemoved', 'approverRemoved', 'systemRemoved']),
  ...tellersOf('assignment-request', updated, ['extended', 'answersUpdated']),
  'assignment-request.fulfilled': fulfilled,
  'assignment-request.scheduled': (told, { subject, data }) =>
    changed(told, 'assignment_request', subject, { ...over, state: 'scheduled', starts_at: data['startsAt'] }),
  'assignment-request.failed': (told, event) =>
    ended(told, event, 'deliveryFailed', { cause: event.data['code'], assignment_id: event.data['assignmentId'] }),
  'assignment-request.denied': (told, event) => ended(told, event, 'denied', { cause: 'decision' }),
  // Nobody has to note it for it to be so: it ended at the deadline.
  'assignment-request.timedOut': (told, event) => {
    const deadline = rowOf(told, 'assignment_request', event.subject)['pending_until'];
    ended(told, event, 'denied', { cause: 'time', completed_at: deadline });
  },
  'assignment-request.canceled': (told, event) => ended(told, event, 'canceled'),
  'assignment-request.deleted': (told, { subject, at }) =>
    changed(told, 'assignment_request', subject, { deleted_at: at }),
  'assignment-request.answersUpdatedByApprover': (told, { subject, data }) =>
    changed(told, 'assignment_request', subject, { answers: data['after'] }),
  // An open stage says until when its request waits.
  'package-approval.stageOpened': (told, { subject, data }) =>
    changed(told, 'assignment_request', subject, { pending_until: data['deadline'] }),
};

const bound = (binding: unknown): Row => {
  const { by = null, id = null } = (binding ?? {}) as Row;
  return { end_bound: by, end_bound_id: id };
};

const moved: Teller = (told, { subject, data }) =>
  changed(told, 'package_assignment', subject, { ends_at: data['endsAt'], ...bound(data['binding']) });

const assignments: Readonly<Record<string, Teller>> = {
  'assignment.delivered': (told, { subject, data, correlation }) =>
    made(told, 'package_assignment', {
      id: subject,
      package_id: data['packageId'],
      policy_id: data['policyId'],
      target_id: data['targetId'],
      starts_at: data['startsAt'],
      ends_at: data['endsAt'],
      ...bound(data['binding']),
      ended_at: null,
      end_reason: null,
      answers: data['answers'],
      correlation_id: correlation,
    }),
  'assignment.extended': moved,
  'assignment.shortened': moved,
  'assignment.leaving': (told, { subject, data }) =>
    changed(told, 'package_assignment', subject, { ended_at: data['leavesAt'], end_reason: 'leaving' }),
  'assignment.staying': (told, { subject }) =>
    changed(told, 'package_assignment', subject, { ended_at: null, end_reason: null }),
  'assignment.removed': (told, { subject, data }) =>
    changed(told, 'package_assignment', subject, { ended_at: data['endedAt'], end_reason: data['endReason'] }),
};

export const firstDoor: Readonly<Record<string, Teller>> = { ...requests, ...assignments };
