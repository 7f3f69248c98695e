import type { Logged, Row, Told } from './log.ts';
import { changed, made, rowOf, type Teller, tellersOf } from './teller.ts';

/** The ledger and what was asked of PIM, told from the log alone. */

const bound = (binding: unknown): Row => {
  const { by = null, id = null } = (binding ?? {}) as Row;
  return { end_bound: by, end_bound_id: id };
};

const given: Teller = (told, { subject, at, data, correlation }) => {
  const origin = data['origin'] as { kind: string; id: string };
  made(told, 'grant', {
    id: subject,
    principal_id: data['principalId'],
    principal_kind: data['principalKind'],
    privilege_kind: data['privilegeKind'],
    privilege_id: data['privilegeId'],
    scope: data['scope'],
    mode: data['mode'],
    starts_at: data['startsAt'],
    ends_at: data['endsAt'],
    ...bound(data['binding']),
    ended_at: null,
    end_reason: null,
    origin_kind: origin.kind,
    origin_id: origin.id,
    correlation_id: correlation,
    given_at: at,
  });
  for (const { kind, id } of data['links'] as readonly { kind: string; id: string }[]) {
    made(told, 'grant_link', { grant_id: subject, hangs_on_kind: kind, hangs_on_id: id });
  }
};

const moved: Teller = (told, { subject, data }) =>
  changed(told, 'grant', subject, { ends_at: data['endsAt'], ...bound(data['binding']) });

const ofGrants: Readonly<Record<string, Teller>> = {
  given,
  extended: moved,
  shortened: moved,
  leaving: (told, { subject, data }) =>
    changed(told, 'grant', subject, { ended_at: data['leavesAt'], end_reason: 'leaving' }),
  staying: (told, { subject }) => changed(told, 'grant', subject, { ended_at: null, end_reason: null }),
  ended: (told, { subject, at, data }) =>
    changed(told, 'grant', subject, { ended_at: data['endedAt'] ?? at, end_reason: data['endReason'] }),
};

const asked =
  (state: string): Teller =>
  (told, event) => {
    const { data } = event;
    made(told, 'schedule_request', {
      id: event.subject,
      privilege_kind: data['privilegeKind'],
      privilege_id: data['privilegeId'],
      scope: data['scope'],
      mode: data['mode'],
      principal_id: data['principalId'],
      principal_kind: data['principalKind'],
      action: data['action'],
      state,
      schedule: data['schedule'],
      starts_at: data['startsAt'],
      decide_by: data['decideBy'],
      justification: event.reason,
      ticket_number: data['ticketNumber'],
      ticket_system: data['ticketSystem'],
      grant_id: data['grantId'],
      eligibility_id: data['eligibilityId'],
      failure_code: null,
      creator_kind: event.actorKind,
      creator_id: event.actorId,
      creator_name: event.actorName,
      correlation_id: event.correlation,
      created_at: event.at,
      completed_at: state.startsWith('pending') ? null : event.at,
    });
  };

const ended =
  (state: string): Teller =>
  (told, event) =>
    close(told, event, { state });

function close(told: Told, { subject, at }: Logged, change: Row): void {
  changed(told, 'schedule_request', subject, { completed_at: at, ...change });
}

/** Silence ended it at the deadline, whenever that was noted. */
const timedOut: Teller = (told, event) => {
  const deadline = rowOf(told, 'schedule_request', event.subject)['decide_by'];
  close(told, event, { state: 'timedOut', completed_at: deadline });
};

const ofActivations: Readonly<Record<string, Teller>> = {
  requested: (told, event) => asked(event.data['decideBy'] === null ? 'granted' : 'pendingApproval')(told, event),
  denied: ended('denied'),
  timedOut,
  canceled: ended('canceled'),
  failed: (told, event) => close(told, event, { state: 'failed', failure_code: event.data['code'] }),
  completed: (told, event) => {
    const { startsAt, grantId, eligibilityId } = event.data;
    const granted = { state: 'granted', starts_at: startsAt, grant_id: grantId, eligibility_id: eligibilityId };
    close(told, event, granted);
  },
};

const ofAssignments: Readonly<Record<string, Teller>> = {
  requested: asked('granted'),
  updated: asked('granted'),
  extended: asked('granted'),
  renewed: asked('granted'),
  removed: asked('revoked'),
  canceled: ended('canceled'),
  ...Object.fromEntries(
    ['extension', 'renewal'].flatMap((what): [string, Teller][] => [
      [`${what}Requested`, asked('pendingAdminDecision')],
      [
        `${what}Approved`,
        (told, event) => close(told, event, { state: 'granted', starts_at: event.at, grant_id: event.data['grantId'] }),
      ],
      [`${what}Denied`, ended('denied')],
      [`${what}Canceled`, ended('canceled')],
      [`${what}TimedOut`, timedOut],
    ]),
  ),
};

function prefixed(prefix: string, tellers: Readonly<Record<string, Teller>>): Record<string, Teller> {
  return Object.assign(
    {},
    ...Object.entries(tellers).map(([happening, teller]) => tellersOf(prefix, teller, [happening])),
  );
}

const kinds = ['role', 'group-member', 'group-owner'];
const modes = ['eligible', 'active'];

export const secondDoor: Readonly<Record<string, Teller>> = Object.assign(
  prefixed('entitlement-role.active', ofGrants),
  ...kinds.flatMap((kind) => [
    ...modes.flatMap((mode) => [
      prefixed(`${kind}.${mode}`, ofGrants),
      prefixed(`${kind}.${mode}.assignment`, ofAssignments),
    ]),
    prefixed(`${kind}.activation`, ofActivations),
    prefixed(`${kind}.deactivation`, { completed: asked('revoked') }),
  ]),
);
