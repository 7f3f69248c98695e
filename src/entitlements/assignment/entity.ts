import { sql } from 'kysely';
import type { EntitySet, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import {
  absent,
  collectionOf,
  complex,
  composed,
  enumeration,
  guid,
  instant,
  one,
  text,
} from '../../graph/properties.ts';
import { managedPackages, mayBrowse, me, ownRequests, packageVisible, readsAllOr } from '../visible/entity.ts';

const is = (left: string, right: string) => (parent: Row, child: Row) => sql`${child(right)} = ${parent(left)}`;

/** SQL: when it ends, as an index has it. */
function endOf(row: Row): Sql {
  return sql`coalesce(least(${row('ends_at')}, ${row('ended_at')}), 'infinity'::timestamptz)`;
}

function hasEnded(row: Row, { now }: Pick<ReadContext, 'now'>): Sql {
  return sql`(${endOf(row)} <= ${now}::timestamptz)`;
}

/** SQL: the end that is known: the planned one, or that of the grace period of who has left the scope of the policy. */
function plannedEnd(row: Row): Sql {
  return sql`(case when ${row('end_reason')} in ('leaving', 'leftScope') then least(${row('ends_at')}, ${row('ended_at')})
    else ${row('ends_at')} end)`;
}

/** SQL: the state of an assignment at the instant; the counterpart of `assignmentState`. */
export function stateAt(row: Row, context: Pick<ReadContext, 'now'>): Sql {
  return sql`case when ${hasEnded(row, context)} then 'expired' else 'delivered' end`;
}

/** SQL: whether an assignment is in a state at the instant. */
export function isInState(row: Row, state: string, context: Pick<ReadContext, 'now'>): Sql {
  if (state === 'expired') return hasEnded(row, context);
  return state === 'delivered' ? sql`(${endOf(row)} > ${context.now}::timestamptz)` : sql`false`;
}

function statusAt(row: Row, context: ReadContext): Sql {
  return sql`case when ${hasEnded(row, context)} then 'Expired' else 'Delivered' end`;
}

const states = ['delivering', 'partiallyDelivered', 'delivered', 'expired', 'deliveryFailed'];

const scheduleFields = {
  startDateTime: instant('starts_at'),
  recurrence: absent('json'),
  expiration: composed({
    type: enumeration(
      ['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'],
      (row) => sql`case when ${plannedEnd(row)} is null then 'noExpiration' else 'afterDateTime' end`,
    ),
    endDateTime: instant(plannedEnd),
    duration: absent('duration'),
  }),
};

const assignments: EntitySet = {
  name: 'assignments',
  type: 'microsoft.graph.accessPackageAssignment',
  from: () => sql`package_assignment`,
  properties: {
    id: guid('id'),
    state: enumeration(states, stateAt, { equals: isInState }),
    status: text(statusAt),
    expiredDateTime: instant(
      (row, context) => sql`case when ${hasEnded(row, context)} then least(${row('ends_at')}, ${row('ended_at')}) end`,
    ),
    schedule: composed(scheduleFields),
    customExtensionCalloutInstances: collectionOf(complex('', {}), () => sql`'[]'::jsonb`),
  },
  navigation: {
    accessPackage: one('accessPackages', is('package_id', 'id')),
    assignmentPolicy: one('assignmentPolicies', is('policy_id', 'id')),
    target: one('subjects', is('target_id', 'id')),
  },
  listable: mayBrowse,
  visible: (row, context) =>
    readsAllOr(
      sql`${row('id')} in (select mine.assignment_id from ${ownRequests(context)} as mine
      union all select held.id from package_assignment as held where held.target_id = ${me(context)}
      union all select managed.id from package_assignment as managed
        where managed.package_id in ${managedPackages(context)})`,
      context,
    ),
  notFound: 'ResourceNotFound',
};

/**
 * The assignments that requests are about, under the ids that they have or would have: of a request that waits, was
 * denied or was cancelled, target, package and policy alone; of one that could not be delivered, that state.
 */
const askedAssignments: EntitySet = {
  ...assignments,
  name: 'askedAssignments',
  from: () => sql`(select id, package_id, policy_id, target_id, starts_at, ends_at, ended_at, end_reason,
      true as is_there, null::text as lack from package_assignment
    union all select asked.asked_assignment_id, asked.package_id, asked.policy_id, asked.target_id, null, null, null, null,
      false, case when asked.state = 'deliveryFailed' then 'deliveryFailed' end from assignment_request as asked
    where asked.asked_assignment_id is not null and asked.deleted_at is null
      and not exists (select 1 from package_assignment as held where held.id = asked.asked_assignment_id))`,
  properties: {
    ...assignments.properties,
    state: enumeration(
      states,
      (row, context) => sql`case when ${row('is_there')} then ${stateAt(row, context)} else ${row('lack')} end`,
    ),
    status: text(
      (row, context) =>
        sql`case when ${row('is_there')} then ${statusAt(row, context)} when ${row('lack')} is not null then 'DeliveryFailed' end`,
    ),
    schedule: composed(scheduleFields, { present: (row) => row('is_there') }),
  },
  visible: (row, context) =>
    readsAllOr(
      sql`(${row('target_id')} = ${me(context)} or ${row('package_id')} in ${managedPackages(context)}
        or ${row('id')} in (select mine.assignment_id from ${ownRequests(context)} as mine
          union all select mine.asked_assignment_id from ${ownRequests(context)} as mine))`,
      context,
    ),
};

/** What people have been given, and what they ask for. */
export const assignmentSets: readonly EntitySet[] = [assignments, askedAssignments];

const answer = complex('', {
  value: text('value'),
  displayValue: text('displayValue'),
  answeredQuestion: complex('answeredQuestion', { id: text('id') }),
});

/** Assignments as Graph has no word for them, `/sallyport/assignments`: when they end, and why then. */
export const assignmentEnds: EntitySet = {
  name: 'assignments',
  says: 'assignments of packages, with their one true end',
  type: 'sallyport.assignment',
  from: assignments.from,
  properties: {
    id: guid('id'),
    accessPackageId: guid('package_id'),
    policyId: guid('policy_id'),
    targetId: guid('target_id'),
    state: enumeration(states, stateAt, { equals: isInState }),
    startDateTime: instant('starts_at', { neverNull: true }),
    endDateTime: instant((row) => sql`least(${row('ends_at')}, ${row('ended_at')})`),
    // What the questions of the policy have been answered with, when it was asked for and since.
    answers: collectionOf(answer, 'answers'),
    endsBecause: composed({
      reason: text((row) => sql`coalesce(${row('end_reason')}, ${row('end_bound')})`),
      boundById: guid('end_bound_id'),
    }),
  },
  navigation: {
    target: one('assignmentTargets', is('target_id', 'id')),
    policy: one('assignmentPolicies', is('policy_id', 'id')),
    accessPackage: one('assignedPackages', is('package_id', 'id')),
  },
  visible: assignments.visible,
  order: 'startDateTime desc',
  notFound: 'ResourceNotFound',
};

/** Those who have the assignments. */
export const assignmentTargets: EntitySet = {
  name: 'assignmentTargets',
  type: 'sallyport.assignmentTarget',
  from: () => sql`entitlement_subject`,
  properties: { id: guid('id'), displayName: text('display_name'), principalName: text('principal_name') },
  // Who somebody is, everyone in the directory may know.
  visible: (_row, context) => sql.lit(mayBrowse(context)),
  notFound: 'ResourceNotFound',
};

/** What they have. */
export const assignedPackages: EntitySet = {
  name: 'assignedPackages',
  type: 'sallyport.assignedPackage',
  from: () => sql`access_package`,
  properties: { id: guid('id'), displayName: text('display_name') },
  visible: (row, context) => packageVisible(row('id'), context),
  notFound: 'ResourceNotFound',
};

/** What `filterByCurrentUser(on='…')` leaves of the assignments. */
export const assignmentsOfCaller: Readonly<Record<string, (row: Row, context: ReadContext) => Sql>> = {
  target: (row, context) => sql`${row('target_id')} = ${me(context)}`,
  createdBy: (row, context) => sql`exists (select 1 from assignment_request as asked
    where asked.assignment_id = ${row('id')} and asked.requestor_id = ${me(context)}
      and asked.request_type in ('userAdd', 'adminAdd', 'onBehalfAdd'))`,
};
