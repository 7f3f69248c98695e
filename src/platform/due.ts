import { type Kysely, sql } from 'kysely';
import { type Id, newId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

/** Work to be done at an instant, about one subject. */
export interface NewDue {
  readonly kind: string;
  readonly subject: string;
  readonly at: Instant;
}

/** Work that has fallen due. */
export interface Due extends NewDue {
  readonly id: Id;
}

/** Writes down that something is to be done; the same kind, subject and instant is written down once. */
export async function scheduleDue(db: Kysely<unknown>, due: NewDue): Promise<void> {
  await sql`insert into due (id, kind, subject, at) values (${newId()}, ${due.kind}, ${due.subject}, ${due.at})
            on conflict (kind, subject, at) do nothing`.execute(db);
}

/** Takes back what was written down, unless it is done already. */
export async function cancelDue(db: Kysely<unknown>, due: NewDue): Promise<void> {
  await sql`delete from due where kind = ${due.kind} and subject = ${due.subject} and at = ${due.at}
            and done_at is null`.execute(db);
}

/** The earliest open work at or before an instant, leaving out what has failed before and is to wait. */
export async function earliestDue(db: Kysely<unknown>, until: Instant, waiting: readonly Id[]): Promise<Due | null> {
  const { rows } = await sql<Due>`
    select id, kind, subject, at from due
    where done_at is null and at <= ${until} and not (id = any(${[...waiting]}::uuid[]))
    order by at, kind, subject limit 1`.execute(db);
  return rows[0] ?? null;
}

/** An instant at which something falls due or ends, and what. */
export interface Deadline {
  readonly at: Instant;
  readonly work: readonly Pick<NewDue, 'kind' | 'subject'>[];
}

/** What falls due at the first instant after another; nothing if nothing is planned. */
export async function nextDue(db: Kysely<unknown>, after: Instant): Promise<NewDue[]> {
  const { rows } = await sql<NewDue>`
    select kind, subject, at from due
    where at = (select min(at) from due where done_at is null and at > ${after}) and done_at is null
    order by kind, subject`.execute(db);
  return rows;
}

/**
 * Takes one piece of work for this transaction; false if it is done already or another node has it.
 * The row is marked done at once: a transaction that fails leaves it open.
 */
export async function takeDue(db: Kysely<unknown>, id: Id, now: Instant): Promise<boolean> {
  const taken = await sql<{ id: Id }>`
    update due set done_at = ${now}
    where id = (select id from due where id = ${id} and done_at is null for update skip locked)
    returning id`.execute(db);
  return taken.rows.length > 0;
}
