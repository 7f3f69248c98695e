import { type Kysely, sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import { type EventRow, type StoredEvent, storedEvent } from './events.ts';

/**
 * How far a listener has heard. Other than a consumer's place in the log it is nobody's but the listener's, and lets
 * nothing wait: what commits late is heard late, after what has overtaken it.
 */
export interface TailPlace {
  /** Every event of the transactions before this one has been heard. */
  readonly floor: bigint;
  /** Events of this transaction and later ones that have been heard: sequence number → transaction. */
  readonly heard: ReadonlyMap<string, bigint>;
}

/** An event as it is heard. */
export interface HeardEvent {
  readonly event: StoredEvent;
  /** No event can appear before it any more: who has heard up to it has heard all that comes before it in the log. */
  readonly isSettled: boolean;
}

interface TailRow extends Omit<EventRow, 'id'> {
  id: Id | null;
  xmin: string;
  is_settled: boolean;
}

const snapshot = sql`(select pg_snapshot_xmin(pg_current_snapshot()) as xmin,
  pg_snapshot_xmax(pg_current_snapshot()) as xmax) as snapshot`;

const columns = sql`event.id, event.at, event.type, event.result, event.actor_kind, event.actor_id, event.actor_name,
  event.subject, event.correlation_id, event.reason, event.refusal_code, event.targets, event.data,
  event.transaction_id::text, event.sequence::text`;

/** The end of the log as it is now. */
export async function endOfLog(db: Kysely<unknown>): Promise<TailPlace> {
  const { rows } = await sql<{ floor: string; sequence: string | null; transaction_id: string | null }>`
    select snapshot.xmin::text as floor, event.sequence::text, event.transaction_id::text
    from ${snapshot} left join event on event.transaction_id >= snapshot.xmin
      and event.transaction_id < snapshot.xmax`.execute(db);
  const heard = rows.flatMap(({ sequence, transaction_id: transaction }) =>
    sequence === null || transaction === null ? [] : [[sequence, BigInt(transaction)] as const],
  );
  return { floor: BigInt(rows[0]?.floor ?? 0), heard: new Map(heard) };
}

/**
 * The events of committed transactions that have not been heard at a place, in the order of the log, and the place
 * after them. Nothing is skipped: whatever commits later belongs to a transaction that is still running now, and the
 * floor stays below all of these. What else runs on the same PostgreSQL holds nothing back.
 */
export async function hear(
  db: Kysely<unknown>,
  place: TailPlace,
  atMost = 500,
): Promise<{ readonly events: readonly HeardEvent[]; readonly place: TailPlace }> {
  // One statement sees one snapshot: the new floor is that of the very rows.
  const { rows } = await sql<TailRow>`
    select snapshot.xmin::text as xmin, event.transaction_id < snapshot.xmin as is_settled, ${columns}
    from ${snapshot} left join event on event.transaction_id >= ${String(place.floor)}::xid8
      and event.transaction_id < snapshot.xmax and event.sequence <> all(${[...place.heard.keys()]}::bigint[])
    order by event.transaction_id, event.sequence limit ${atMost}`.execute(db);
  const fresh = rows.filter((row): row is TailRow & EventRow => row.id !== null);
  // A full page may have left some of the transactions below the new floor unread.
  const floor = fresh.length < atMost ? BigInt(rows[0]?.xmin ?? place.floor) : place.floor;
  const heard = [...place.heard, ...fresh.map((row) => [row.sequence, BigInt(row.transaction_id)] as const)];
  return {
    events: fresh.map((row) => ({ event: storedEvent(row), isSettled: row.is_settled })),
    place: { floor, heard: new Map(heard.filter(([, transaction]) => transaction >= floor)) },
  };
}

/**
 * The events that come after one in the log and that one before them, for who has heard up to it; null where there is
 * no such event, or more than `atMost` come after it.
 */
export async function heardSince(db: Kysely<unknown>, id: Id, atMost = 500): Promise<readonly HeardEvent[] | null> {
  const { rows } = await sql<EventRow & { is_settled: boolean }>`
    select event.transaction_id < pg_snapshot_xmin(pg_current_snapshot()) as is_settled, ${columns}
    from event join event as place on place.id = ${id}::uuid
    where (event.transaction_id, event.sequence) >= (place.transaction_id, place.sequence)
    order by event.transaction_id, event.sequence limit ${atMost + 2}`.execute(db);
  if (rows.length === 0 || rows.length > atMost + 1) return null;
  return rows.map((row) => ({ event: storedEvent(row), isSettled: row.is_settled }));
}
