import { type Kysely, sql } from 'kysely';
import { readerMay } from '../access/index.ts';
import type { EntitySet, ReadContext, Row, Sql } from '../graph/declaration.ts';
import { collectionOf, complex, composed, computed, enumeration, guid, instant, text } from '../graph/properties.ts';
import type { Activities } from '../kernel/event.ts';
import type { Id } from '../kernel/ids.ts';

const results = ['success', 'failure', 'timeout', 'unknownFutureValue'] as const;

/** The event log joined to the names under which Microsoft's audit log shows each event type. */
function auditedEvents(activities: Activities): Sql {
  const known = JSON.stringify(
    Object.entries(activities).map(([type, { name, category, service, operation }]) => ({
      type,
      name,
      category,
      service,
      operation,
    })),
  );
  return sql`(
    select event.id, event.at, event.sequence, event.type, event.result, event.correlation_id, event.targets,
      event.reason, event.refusal_code, event.data, event.request_id, event.subject,
      event.actor_kind, event.actor_id, event.actor_name, event.actor_login,
      coalesce(activity.name, event.type) as activity,
      coalesce(activity.category, 'Other') as category,
      coalesce(activity.service, 'Sallyport') as service,
      coalesce(activity.operation, 'Other') as operation
    from event left join jsonb_to_recordset(${known}::jsonb)
      as activity(type text, name text, category text, service text, operation text) on activity.type = event.type)`;
}

/** The refusal's code and message, or the person's own words. */
function resultReason(row: Row): Sql {
  return sql`case when ${row('refusal_code')} is null then coalesce(${row('reason')}, '')
    else ${row('refusal_code')} || ': ' || coalesce(${row('data')} ->> 'message', '') end`;
}

function additionalDetails(row: Row): Sql {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('key', detail.key, 'value', detail.value) order by detail.key),
      '[]'::jsonb)
    from jsonb_each_text(${row('data')} || jsonb_build_object(
      'eventType', ${row('type')}, 'requestId', ${row('request_id')}, 'subject', ${row('subject')})) as detail
    where detail.value is not null)`;
}

function targetResources(row: Row): Sql {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object(
      'id', target.value ->> 'id',
      'displayName', target.value ->> 'displayName',
      'type', target.value ->> 'type',
      'userPrincipalName', target.value ->> 'userPrincipalName',
      'groupType', null,
      'modifiedProperties', coalesce(target.value -> 'modifiedProperties', '[]'::jsonb)) order by target.ordinality),
      '[]'::jsonb)
    from jsonb_array_elements(${row('targets')}) with ordinality as target)`;
}

const user = composed(
  {
    id: guid('actor_id'),
    displayName: text('actor_name'),
    userPrincipalName: text('actor_login'),
    ipAddress: computed('string', () => sql`null::text`),
  },
  { present: (row) => sql`${row('actor_kind')} = 'user'` },
);

const app = composed(
  {
    appId: computed('string', (row) => sql`${row('actor_login')}`),
    displayName: text('actor_name'),
    servicePrincipalId: computed('string', (row) => sql`${row('actor_id')}::text`),
    servicePrincipalName: computed('string', () => sql`null::text`),
  },
  { present: (row) => sql`${row('actor_kind')} <> 'user'` },
);

const target = complex('', {
  id: text('id'),
  displayName: text('displayName'),
  type: text('type'),
  userPrincipalName: text('userPrincipalName'),
});

/**
 * The event log as Graph's `directoryAudit` collection, newest first. Refusals are there with `result` `failure`.
 * @param activities event type → activity name, category and service, of all capabilities
 */
export function directoryAudits(activities: Activities): EntitySet {
  const events = auditedEvents(activities);
  return {
    name: 'directoryAudits',
    type: 'microsoft.graph.directoryAudit',
    notFound: 'ResourceNotFound',
    from: () => events,
    order: 'activityDateTime desc,id desc',
    visible: (_row, context) => sql`${mayRead(context)}::boolean`,
    listable: mayRead,
    properties: {
      id: guid('id'),
      category: text('category'),
      correlationId: guid('correlation_id'),
      result: enumeration(results, 'result'),
      resultReason: computed('string', resultReason),
      activityDisplayName: text('activity'),
      activityDateTime: instant('at', { neverNull: true }),
      loggedByService: text('service'),
      operationType: text('operation'),
      initiatedBy: composed({ user, app }),
      targetResources: collectionOf(target, targetResources),
      additionalDetails: collectionOf(complex('', { key: text('key'), value: text('value') }), additionalDetails),
    },
  };
}

function mayRead({ reader }: ReadContext): boolean {
  return readerMay('audit.read', reader);
}

/** The events about some things, and those of the stories that began with them. */
export function aboutAny(ids: readonly Id[]): (row: Row) => Sql {
  return (row) =>
    sql`(${row('subject')} = any(${[...ids]}::text[]) or ${row('correlation_id')} = any(${[...ids]}::uuid[]))`;
}

/** Whether anything ever happened about some things. */
export async function isTold(db: Kysely<unknown>, ids: readonly Id[]): Promise<boolean> {
  const { rows } = await sql`select 1 from event
    where event.subject = any(${[...ids]}::text[]) or event.correlation_id = any(${[...ids]}::uuid[]) limit 1`.execute(
    db,
  );
  return rows.length > 0;
}
