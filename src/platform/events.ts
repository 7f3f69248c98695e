import { type Kysely, sql } from 'kysely';
import { v7 as orderedId } from 'uuid';
import type { Caller } from '../kernel/caller.ts';
import type { EventTarget, NewEvent } from '../kernel/event.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

/** An event as it is in the log. */
export interface StoredEvent {
  readonly id: Id;
  readonly at: Instant;
  readonly type: string;
  readonly result: 'success' | 'failure';
  readonly actorKind: Caller['kind'];
  readonly actorId: Id | null;
  readonly actorName: string | null;
  readonly subject: string;
  readonly correlation: Id;
  readonly reason: string | null;
  readonly refusalCode: string | null;
  readonly targets: readonly EventTarget[];
  readonly data: Readonly<Record<string, unknown>>;
}

interface Appended {
  readonly event: NewEvent;
  readonly at: Instant;
  readonly caller: Caller;
  readonly requestId: string;
  /** The code of the refusal that this event is the trace of. */
  readonly refusal?: string;
}

/** Adds one event to the log. */
export async function appendEvent(db: Kysely<unknown>, appended: Appended): Promise<StoredEvent> {
  const { event, at, caller, requestId, refusal } = appended;
  const actor = actorOf(caller);
  const stored: StoredEvent = {
    // Ids ascend as events happen, so that those of one instant are told in their order.
    id: orderedId(),
    at,
    type: event.type,
    result: refusal === undefined ? 'success' : 'failure',
    actorKind: caller.kind,
    actorId: actor.id,
    actorName: actor.name,
    subject: event.subject,
    correlation: event.correlation,
    reason: event.reason ?? null,
    refusalCode: refusal ?? null,
    targets: event.targets ?? [],
    data: event.data ?? {},
  };
  await sql`
    insert into event (id, at, type, result, actor_kind, actor_id, actor_name, actor_login, subject,
                       correlation_id, request_id, targets, reason, refusal_code, data)
    values (${stored.id}, ${at}, ${stored.type}, ${stored.result}, ${actor.kind}, ${actor.id}, ${actor.name},
            ${actor.login}, ${stored.subject}, ${stored.correlation}, ${requestId},
            ${JSON.stringify(stored.targets)}::jsonb, ${stored.reason}, ${stored.refusalCode},
            ${JSON.stringify(stored.data)}::jsonb)`.execute(db);
  return stored;
}

function actorOf(caller: Caller): { kind: Caller['kind']; id: Id | null; name: string | null; login: string | null } {
  switch (caller.kind) {
    case 'user':
      return { kind: 'user', id: caller.id, name: caller.displayName, login: caller.userPrincipalName };
    case 'app':
      return { kind: 'app', id: caller.id, name: caller.displayName, login: caller.appId };
    case 'system':
      return { kind: 'system', id: null, name: 'Sallyport', login: null };
  }
}

/** A row of the log. */
export interface EventRow {
  id: Id;
  at: Instant;
  type: string;
  result: 'success' | 'failure';
  actor_kind: Caller['kind'];
  actor_id: Id | null;
  actor_name: string | null;
  subject: string;
  correlation_id: Id;
  reason: string | null;
  refusal_code: string | null;
  targets: EventTarget[];
  data: Record<string, unknown>;
  transaction_id: string;
  sequence: string;
}

/** A way to the database, in the transaction of whoever hands it on. */
export type ReadDb = Kysely<unknown>;

/** Does a consumer's work for one event, in the transaction that moves the consumer's place in the log. */
export type Consumer = (db: ReadDb, event: StoredEvent) => Promise<void>;

/**
 * Hands the events that a consumer has not seen yet to it, in an order in which no event can appear behind its
 * place: an event counts as readable only when no older transaction is still running. Gives the number handled.
 */
export async function consumeEvents(
  db: Kysely<unknown>,
  consumer: string,
  handle: Consumer,
  atMost = 100,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`insert into event_cursor (consumer, transaction_id, sequence) values (${consumer}, '0', 0)
              on conflict (consumer) do nothing`.execute(tx);
    // One node at a time works for a consumer; the others skip and come back.
    const place = await sql<{ transaction_id: string; sequence: string }>`
      select transaction_id::text, sequence::text from event_cursor
      where consumer = ${consumer} for update skip locked`.execute(tx);
    const from = place.rows[0];
    if (from === undefined) return 0;
    // Ordered by the columns of the log, not by their texts that are selected here: 9 comes before 10.
    const { rows } = await sql<EventRow>`
      select id, at, type, result, actor_kind, actor_id, actor_name, subject, correlation_id, reason, refusal_code,
             targets, data, transaction_id::text, sequence::text
      from event
      where (transaction_id, sequence) > (${from.transaction_id}::xid8, ${from.sequence}::bigint)
        and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      order by event.transaction_id, event.sequence
      limit ${atMost}`.execute(tx);
    for (const row of rows) await handle(tx, storedEvent(row));
    const last = rows.at(-1);
    if (last !== undefined) {
      await sql`update event_cursor
                set transaction_id = ${last.transaction_id}::xid8, sequence = ${last.sequence}::bigint
                where consumer = ${consumer}`.execute(tx);
    }
    return rows.length;
  });
}

/** Whether a consumer has events of committed transactions before it. */
export async function hasUnreadEvents(db: Kysely<unknown>, consumer: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from event
    where (transaction_id, sequence) > (select place.transaction_id, place.sequence from event_cursor as place
      where place.consumer = ${consumer})
    limit 1`.execute(db);
  return rows.length > 0;
}

/** What a row of the log says. */
export function storedEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    at: row.at,
    type: row.type,
    result: row.result,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    subject: row.subject,
    correlation: row.correlation_id,
    reason: row.reason,
    refusalCode: row.refusal_code,
    targets: row.targets,
    data: row.data,
  };
}
