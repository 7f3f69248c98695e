import { sql } from 'kysely';
import { approverOf } from '../../approval/index.ts';
import type { Mode } from '../../grants/index.ts';
import type { EntitySet, Navigation, Property, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import {
  absent,
  bool,
  complex,
  composed,
  duration,
  enumeration,
  guid,
  instant,
  one,
  text,
  wireForm,
} from '../../graph/properties.ts';
import type { Instant } from '../../kernel/time.ts';
import {
  accessId,
  isMyGroup,
  me,
  meAndMyGroups,
  myGroups,
  navigationOf,
  type Of,
  pathOf,
  readsAll,
  scheduleId,
  setName,
} from '../schedule/entity.ts';

const requestActions = [
  'adminAssign',
  'adminUpdate',
  'adminRemove',
  'selfActivate',
  'selfDeactivate',
  'adminExtend',
  'adminRenew',
  'selfExtend',
  'selfRenew',
  'unknownFutureValue',
];

/** SQL: the status of a request at an instant, the counterpart of `wireStatus`. */
export function statusAt(row: Row, now: Instant): Sql {
  return sql`case ${row('state')}
    when 'pendingApproval' then case when ${row('decide_by')} > ${now}::timestamptz then 'PendingApproval' else 'Denied' end
    when 'pendingAdminDecision' then case when ${row('decide_by')} > ${now}::timestamptz then 'PendingAdminDecision' else 'Denied' end
    when 'granted' then case when ${row('starts_at')} > ${now}::timestamptz then 'Granted' else 'Provisioned' end
    when 'denied' then 'Denied'
    when 'timedOut' then 'Denied'
    when 'canceled' then 'Canceled'
    when 'failed' then 'Failed'
    when 'revoked' then 'Revoked'
    end`;
}

const dateTime = { edm: 'dateTimeOffset', collection: false } as const;

const shared: Readonly<Record<string, Property>> = {
  id: guid('id'),
  status: text((row, { now }) => statusAt(row, now)),
  approvalId: text(
    (row) =>
      sql`case when ${row('decide_by')} is not null and ${row('action')} = 'selfActivate' then ${row('id')}::text end`,
  ),
  createdDateTime: instant('created_at', { neverNull: true }),
  // A request that nobody decided in time ended at its deadline, whether or not that was noted yet.
  completedDateTime: instant(
    (row, { now }) => sql`coalesce(${row('completed_at')},
      case when ${row('decide_by')} <= ${now}::timestamptz then ${row('decide_by')} end)`,
  ),
  createdBy: composed({
    application: identity('app'),
    device: absent('json'),
    user: identity('user'),
  }),
  customData: absent('string'),
  action: enumeration(requestActions, 'action'),
  isValidationOnly: bool(() => sql`false`),
  justification: text('justification'),
  scheduleInfo: complex(
    (row) => sql`jsonb_set(${row('schedule')}, '{startDateTime}', to_jsonb(${wireForm(dateTime, row('starts_at'))}))`,
    {
      startDateTime: instant('startDateTime'),
      expiration: complex('expiration', {
        type: text('type'),
        endDateTime: instant('endDateTime'),
        duration: duration('duration'),
      }),
    },
  ),
  ticketInfo: composed({ ticketNumber: text('ticket_number'), ticketSystem: text('ticket_system') }),
  principalId: guid('principal_id'),
};

function identity(kind: 'user' | 'app'): Property {
  return composed(
    { displayName: text('creator_name'), id: text((row) => sql`${row('creator_id')}::text`) },
    { present: (row) => sql`${row('creator_kind')} = ${kind}` },
  );
}

function ownProperties(of: Of): Record<string, Property> {
  if (of === 'group') {
    return { accessId, groupId: guid('privilege_id'), targetScheduleId: scheduleId('grant_id') };
  }
  return {
    roleDefinitionId: guid('privilege_id'),
    directoryScopeId: text('scope'),
    appScopeId: absent('string'),
    targetScheduleId: text((row) => sql`${row('grant_id')}::text`),
  };
}

function linksTo(of: Of, mode: Mode): Record<string, Navigation> {
  const eligibility = setName({ of, mode: 'eligible', as: 'schedule' });
  const assignment = setName({ of, mode: 'active', as: 'schedule' });
  const to = (set: string, column: string) => one(set, (row, child) => sql`${child('id')} = ${row(column)}`);
  if (mode === 'eligible') return { targetSchedule: to(eligibility, 'grant_id') };
  // Graph's type of a group's target schedule is the eligibility, a role's is the assignment.
  const targetSchedule = of === 'group' ? to(eligibility, 'eligibility_id') : to(assignment, 'grant_id');
  return { targetSchedule, activatedUsing: to(eligibility, 'eligibility_id') };
}

/** The name of a set of requests. */
export function requestSetName(of: Of, mode: Mode): string {
  return `${setName({ of, mode, as: 'schedule' }).slice(0, -1)}Requests`;
}

function requestSet(of: Of, mode: Mode): EntitySet {
  const kinds = of === 'role' ? sql`privilege_kind = 'role'` : sql`privilege_kind <> 'role'`;
  const type = `${mode === 'eligible' ? 'Eligibility' : 'Assignment'}ScheduleRequest`;
  return {
    name: requestSetName(of, mode),
    type: `microsoft.graph.${of === 'role' ? 'unifiedRole' : 'privilegedAccessGroup'}${type}`,
    from: () => sql`(select * from schedule_request where ${kinds} and mode = ${mode})`,
    properties: { ...shared, ...ownProperties(of) },
    navigation: { ...navigationOf(of), ...linksTo(of, mode) },
    visible: (row, context) =>
      readsAll(of, context)
        ? sql`true`
        : sql`(${row('principal_id')} = ${me(context)} or ${row('creator_id')} = ${me(context)}
            or ${row('principal_id')} in ${myGroups(context)} or ${isMyGroup(row, context)}
            or ${approverOf(row('id'), me(context), context)})`,
    ...(of === 'group' ? { filterNeeds: [['groupId', 'principalId']] } : {}),
    // Source: https://learn.microsoft.com/graph/api/privilegedaccessgroup-list-eligibilityschedulerequests; the page of
    // assignments has no such case.
    ...(of === 'group' && mode === 'eligible' ? { ownUnasked: 'principalId' } : {}),
    listable: (context) => readsAll(of, context),
    ownBy: ['principalId', 'createdBy/user/id'],
    order: 'createdDateTime desc',
    notFound: 'RoleAssignmentRequestNotFound',
  };
}

/** Requests to PIM. */
export const requestSets: readonly EntitySet[] = (['role', 'group'] as const).flatMap((of) => [
  requestSet(of, 'eligible'),
  requestSet(of, 'active'),
]);

export const requestMounts: readonly {
  readonly of: Of;
  readonly mode: Mode;
  readonly path: string;
  readonly set: string;
}[] = (['role', 'group'] as const).flatMap((of) =>
  (['eligible', 'active'] as const).map((mode) => {
    const set = requestSetName(of, mode);
    return { of, mode, path: pathOf(of, set), set };
  }),
);

type Narrow = (row: Row, context: ReadContext) => Sql;

/** What `filterByCurrentUser(on='…')` leaves of the requests. */
export const requestsOfCaller: Readonly<Record<'principal' | 'createdBy' | 'approver', Narrow>> = {
  principal: (row, context) => sql`${row('principal_id')} in ${meAndMyGroups(context)}`,
  createdBy: (row, context) => sql`${row('creator_id')} = ${me(context)}`,
  approver: (row, context) => approverOf(row('id'), me(context), context),
};
