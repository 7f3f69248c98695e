-- The last stage whose approvers have been reminded; 0 before the first.
alter table approval add column reminded integer not null default 0;

-- Mails on their way. Those that were written before are not sent: nobody waits for them any more.
alter table mail
  -- Null for an address that a rule names and that belongs to nobody here.
  alter column recipient_id drop not null,
  add column state text not null default 'superseded' check (state in ('waiting', 'sent', 'superseded', 'failed')),
  add column tries integer not null default 0,
  -- Real time, not governance time: when to try (again), and until when a node has it in hand.
  add column next_attempt_at timestamptz,
  add column sent_at timestamptz,
  add column last_error text,
  -- The approval that must still wait for the recipient when the mail is sent; null where that is no matter.
  add column approval_id uuid,
  drop constraint mail_event_id_recipient_id_key;
alter table mail alter column state set default 'waiting';
create index mail_waiting on mail (next_attempt_at) where state = 'waiting';
