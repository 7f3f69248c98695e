-- Mails that events called for: written with the consumer's place in the event log, one for each event and person.
create table mail (
  id uuid primary key,
  event_id uuid not null references event,
  event_type text not null,
  recipient_id uuid not null,
  -- Stable for an event and a person, so that a repeat can be recognised.
  message_id text not null unique,
  to_address text not null,
  subject text not null,
  text_body text not null,
  html_body text not null,
  -- Governance time of the event that the mail tells of.
  at timestamptz not null,
  unique (event_id, recipient_id)
);
create index mail_recipient on mail (recipient_id, at);
