import type { Kysely } from 'kysely';
import { type Id, newId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { StoredEvent } from '../platform/events.ts';
import type { Composed } from './compose.ts';

interface MailTables {
  mail: {
    id: Id;
    event_id: Id;
    event_type: string;
    recipient_id: Id;
    message_id: string;
    to_address: string;
    subject: string;
    text_body: string;
    html_body: string;
    at: Instant;
  };
}

/** Somebody to write to. */
export interface Recipient {
  readonly id: Id;
  readonly address: string;
}

/** A mail as it was written. */
export interface Mail extends Composed {
  readonly to: string;
  readonly messageId: string;
  readonly at: Instant;
  readonly event: string;
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
      message_id: `<${event.id}.${recipient.id}@sallyport>`,
      to_address: recipient.address,
      subject: mail.subject,
      text_body: mail.text,
      html_body: mail.html,
      at: event.at,
    })
    .onConflict((again) => again.columns(['event_id', 'recipient_id']).doNothing())
    .execute();
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
  return rows.map((row) => ({
    to: row.to_address,
    messageId: row.message_id,
    subject: row.subject,
    text: row.text_body,
    html: row.html_body,
    at: row.at,
    event: row.event_type,
  }));
}

function tables(db: Kysely<unknown>): Kysely<MailTables> {
  return db as unknown as Kysely<MailTables>;
}
