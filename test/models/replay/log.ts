import { type Kysely, sql } from 'kysely';

/** What the log says of one event; instants are texts, as everywhere in its data. */
export interface Logged {
  readonly sequence: string;
  readonly at: string;
  readonly type: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly subject: string;
  readonly correlation: string;
  readonly reason: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A row of a table, by the names of its columns. */
export type Row = Record<string, unknown>;

/** The tables that are told anew from the log, each row by what names it. */
export const tables = {
  assignment_request: ['id'],
  approval: ['id'],
  approval_approver: ['approval_id', 'stage', 'user_id', 'valid_from'],
  vote: ['approval_id', 'stage'],
  package_assignment: ['id'],
  grant: ['id'],
  grant_link: ['grant_id', 'hangs_on_kind', 'hangs_on_id'],
  schedule_request: ['id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TableName = keyof typeof tables;

export type Told = Readonly<Record<TableName, Map<string, Row>>>;

/** What names a row. */
export function keyIn(table: TableName, row: Row): string {
  return tables[table].map((column) => String(row[column])).join(' ');
}

/** Everything that happened after a place in the log, in the order in which it was written; refused attempts are no part. */
export async function eventsAfter(db: Kysely<unknown>, sequence: string): Promise<Logged[]> {
  const { rows } = await sql<Logged & { at: unknown }>`
    select sequence::text, at, type, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", subject,
      correlation_id as correlation, reason, data
    from event where sequence > ${sequence}::bigint and result = 'success' order by event.sequence`.execute(db);
  return rows.map((row) => ({ ...row, at: String(row.at) }));
}

/** What a table holds, with instants as texts. */
export async function storedRows(db: Kysely<unknown>, table: TableName): Promise<Map<string, Row>> {
  const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(db);
  const plain = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value instanceof Temporal.Instant ? value.toString() : value]),
    ),
  );
  return new Map(plain.map((row) => [keyIn(table, row), row]));
}
