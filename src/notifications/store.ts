import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Id, newId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { StoredEvent } from '../platform/events.ts';
import type { Composed } from './compose.ts';

interface MailRow {
  id: Id;
  event_id: Id;
  event_type: string;
  recipient_id: Id | null;
  message_id: string;
  to_address: string;
  subject: string;
  text_body: string;
  html_body: string;
  at: Instant;
  state: 'waiting' | 'sent' | 'superseded' | 'failed';
  tries: number;
  next_attempt_at: Instant | null;
  sent_at: Instant | null;
  last_error: string | null;
  approval_id: Id | null;
}

interface MailTables {
  mail: MailRow;
}

/** Somebody to write to: a person, or an address that belongs to nobody here. */
export interface Recipient {
  readonly id: Id | null;
  readonly address: string;
  /** The approval that must still wait for them when the mail is sent. */
  readonly approvalId: Id | null;
}

/** A mail as it was written. */
export interface Mail extends Composed {
  readonly to: string;
  readonly messageId: string;
  readonly at: Instant;
  readonly event: string;
}

/** A mail that is to be sent now, in the hands of this node. */
export interface Waiting extends Mail {
  readonly id: Id;
  readonly recipientId: Id | null;
  readonly approvalId: Id | null;
  /** How often it has been tried, this time included. */
  readonly tries: number;
}

/** Writes a mail once for an event and a person; a repeat of the same is left out. */
export async function saveMail(
  db: Kysely<unknown>,
  event: StoredEvent,
  recipient: Recipient,
  mail: Composed,
): Promise<void> {
  await tables(db)
    .insertInto('mail')
    .values({
      id: newId(),
      event_id: event.id,
      event_type: event.type,
      recipient_id: recipient.id,
      message_id: messageIdOf(event.id, recipient),
      to_address: recipient.address,
      subject: mail.subject,
      text_body: mail.text,
      html_body: mail.html,
      at: event.at,
      state: 'waiting',
      tries: 0,
      next_attempt_at: null,
      sent_at: null,
      last_error: null,
      approval_id: recipient.approvalId,
    })
    .onConflict((again) => again.column('message_id').doNothing())
    .execute();
}

/** Stable for an event and a recipient, so that a repeat can be recognised. */
function messageIdOf(eventId: Id, { id, address }: Recipient): string {
  const who = id ?? createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 32);
  return `<${eventId}.${who}@sallyport>`;
}

/**
 * Takes mails in hand that are to be sent at a real instant, oldest first; other nodes leave them alone until `until`.
 * A node that dies before it has noted what became of a mail leaves it to be sent again, with the same Message-ID.
 */
export async function takeWaiting(
  db: Kysely<unknown>,
  { at, until, atMost }: { readonly at: Instant; readonly until: Instant; readonly atMost: number },
): Promise<Waiting[]> {
  const { rows } = await sql<MailRow>`
    update mail set next_attempt_at = ${until}, tries = tries + 1
    where id in (select id from mail where state = 'waiting' and coalesce(next_attempt_at <= ${at}::timestamptz, true)
      order by at, message_id limit ${atMost} for update skip locked)
    returning *`.execute(db);
  return rows
    .map((row) => ({
      ...mailOf(row),
      id: row.id,
      recipientId: row.recipient_id,
      approvalId: row.approval_id,
      tries: row.tries,
    }))
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at));
}

/** What became of an attempt to send a mail. */
export type Fate =
  | { readonly is: 'sent'; readonly at: Instant }
  | { readonly is: 'superseded' }
  | { readonly is: 'failed'; readonly error: string }
  | { readonly is: 'later'; readonly at: Instant; readonly error: string };

/** Notes what became of a mail. */
export async function noteFate(db: Kysely<unknown>, id: Id, fate: Fate): Promise<void> {
  const last_error = 'error' in fate ? fate.error : null;
  const set =
    fate.is === 'later'
      ? { next_attempt_at: fate.at, last_error }
      : { state: fate.is, sent_at: fate.is === 'sent' ? fate.at : null, next_attempt_at: null, last_error };
  await tables(db).updateTable('mail').set(set).where('id', '=', id).execute();
}

/** All mails, or those to one person, oldest first. */
export async function loadMails(db: Kysely<unknown>, recipient: Id | null): Promise<Mail[]> {
  const rows = await tables(db)
    .selectFrom('mail')
    .selectAll()
    .$if(recipient !== null, (all) => all.where('recipient_id', '=', recipient))
    .orderBy('at')
    .orderBy('message_id')
    .execute();
  return rows.map(mailOf);
}

function mailOf(row: MailRow): Mail {
  return {
    to: row.to_address,
    messageId: row.message_id,
    subject: row.subject,
    text: row.text_body,
    html: row.html_body,
    at: row.at,
    event: row.event_type,
  };
}

function tables(db: Kysely<unknown>): Kysely<MailTables> {
  return db as unknown as Kysely<MailTables>;
}
