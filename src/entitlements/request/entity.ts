import { sql } from 'kysely';
import { approvalSets, approverOf, awaitsDecisionOf } from '../../approval/index.ts';
import { isGuest } from '../../directory/index.ts';
import type { EntitySet, Property, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { absent, collectionOf, complex, enumeration, guid, instant, one, text } from '../../graph/properties.ts';
import { isId } from '../../kernel/ids.ts';
import { requestStates, requestType } from '../catalog/entity.ts';
import { comesFrom } from '../connected/entity.ts';
import { expirationFields } from '../policy/entity.ts';
import { managedPackages, mayBrowse, me, ownRequests, readsAll, readsAllOr } from '../visible/entity.ts';

const notFound = 'ResourceNotFound';
const is = (left: string, right: string) => (parent: Row, child: Row) => sql`${child(right)} = ${parent(left)}`;

function hasTimedOut(row: Row, { now }: Pick<ReadContext, 'now'>): Sql {
  return sql`(${row('state')} = 'pendingApproval' and ${row('pending_until')} <= ${now}::timestamptz)`;
}

/** SQL: the state of a request at the instant; the counterpart of `requestState`. */
export function stateAt(row: Row, context: Pick<ReadContext, 'now'>): Sql {
  return sql`case when ${hasTimedOut(row, context)} then 'denied' else ${row('state')} end`;
}

/** SQL: whether a request is in a state at the instant, as an index of stored states serves it. */
export function isInState(row: Row, state: string, context: Pick<ReadContext, 'now'>): Sql {
  const stored = sql`${row('state')} = ${state}`;
  if (state === 'denied') return sql`(${stored} or ${hasTimedOut(row, context)})`;
  return state === 'pendingApproval'
    ? sql`(${stored} and ${row('pending_until')} > ${context.now}::timestamptz)`
    : stored;
}

/** SQL: Graph's free text about the state, which tells a refusal by time from one by a person. */
function statusAt(row: Row, context: ReadContext): Sql {
  return sql`case when ${hasTimedOut(row, context)} or ${row('cause')} = 'time' then 'Expired'
    else upper(left(${row('state')}, 1)) || substr(${row('state')}, 2) end`;
}

const answer = complex('', {
  value: text('value'),
  displayValue: text('displayValue'),
  answeredQuestion: complex('answeredQuestion', { id: text('id') }),
});

const properties: Readonly<Record<string, Property>> = {
  id: guid('id'),
  requestType,
  state: enumeration(requestStates, stateAt, { equals: isInState }),
  status: text(statusAt),
  createdDateTime: instant('created_at', { neverNull: true }),
  completedDateTime: instant(
    (row, context) =>
      sql`case when ${hasTimedOut(row, context)} then ${row('pending_until')} else ${row('completed_at')} end`,
  ),
  justification: text('justification'),
  schedule: complex('schedule', {
    startDateTime: instant('startDateTime'),
    expiration: complex('expiration', expirationFields),
  }),
  answers: collectionOf(answer, 'answers'),
  customExtensionCalloutInstances: collectionOf(complex('', {}), () => sql`'[]'::jsonb`),
};

const requests: EntitySet = {
  name: 'assignmentRequests',
  type: 'microsoft.graph.accessPackageAssignmentRequest',
  from: () => sql`assignment_request`,
  properties,
  navigation: {
    accessPackage: one('accessPackages', is('package_id', 'id')),
    // Every request names the assignment that it is about, which is for the same person; who sees the one sees the other.
    assignment: {
      ...one('askedAssignments', is('asked_assignment_id', 'id')),
      shortcuts: { target: one('subjects', is('target_id', 'id')) },
    },
    requestor: one('subjects', is('requestor_id', 'id')),
  },
  // As *List assignmentRequests* of v1.0 writes it.
  oldNames: { accessPackageAssignment: 'assignment' },
  listable: mayBrowse,
  visible: (row, context) =>
    sql`(${row('deleted_at')} is null and ${readsAllOr(
      sql`${row('id')} in (select mine.id from ${ownRequests(context)} as mine
      union all select managed.id from assignment_request as managed where managed.package_id in ${managedPackages(context)})`,
      context,
    )})`,
  order: 'createdDateTime desc',
  notFound,
};

/** SQL: whether the row's id is a text, which need not be an id at all. */
function hasId(row: Row, id: string): Sql {
  return isId(id) ? sql`${row('id')} = ${id.toLowerCase()}::uuid` : sql`false`;
}

const subjects: EntitySet = {
  name: 'subjects',
  type: 'microsoft.graph.accessPackageSubject',
  from: () => sql`entitlement_subject`,
  alternateKeys: ['objectId'],
  properties: {
    id: guid('id'),
    objectId: text((row) => sql`${row('id')}::text`, { equals: hasId }),
    displayName: text('display_name', { neverNull: true }),
    principalName: text('principal_name'),
    email: text('email'),
    onPremisesSecurityIdentifier: absent('string'),
    subjectType: enumeration(['notSpecified', 'user', 'servicePrincipal'], 'subject_type'),
    subjectLifecycle: enumeration(
      ['notDefined', 'notGoverned', 'governed'],
      (row) =>
        sql`coalesce(${row('lifecycle')}, case when ${isGuest(row('id'))} then 'notGoverned' else 'notDefined' end)`,
    ),
  },
  navigation: {
    connectedOrganization: one('connectedOrganizations', (parent, child) => comesFrom(parent('id'), child)),
  },
  // Who somebody is, everyone in the directory may know.
  listable: mayBrowse,
  visible: (_row, context) => sql.lit(mayBrowse(context)),
  order: 'displayName',
  notFound,
};

/** Requests, the people they are about, and their approvals. */
export const requestSets: readonly EntitySet[] = [
  requests,
  subjects,
  ...approvalSets({
    door: 'package',
    approvals: 'accessPackageAssignmentApprovals',
    stages: 'accessPackageAssignmentApprovalStages',
    navigation: 'stages',
    readsAll: (context, approvalId) => sql`(${readsAll(context)} or ${approvalId} in (select asked.id
      from assignment_request as asked where asked.package_id in ${managedPackages(context)}))`,
  }),
];

type Narrow = (row: Row, context: ReadContext) => Sql;

/** What `filterByCurrentUser(on='…')` leaves of the requests: for an approver those that need their decision now. */
export const requestsOfCaller: Readonly<Record<string, Narrow>> = {
  target: (row, context) => sql`${row('target_id')} = ${me(context)}`,
  createdBy: (row, context) => sql`${row('requestor_id')} = ${me(context)}`,
  approver: (row, context) => awaitsDecisionOf(row('id'), me(context), context),
  targetOrRequestor: (row, context) =>
    sql`(${row('target_id')} = ${me(context)} or ${row('requestor_id')} = ${me(context)})`,
};

/** What `filterByCurrentUser(on='…')` leaves of the approvals: those that the caller may decide or decided. */
export const approvalsOfCaller: Readonly<Record<string, Narrow>> = {
  approver: (row, context) => approverOf(row('id'), me(context), context),
  target: (row, context) => sql`${row('subject_id')} = ${me(context)}`,
  createdBy: (row, context) => sql`${row('requestor_id')} = ${me(context)}`,
};
