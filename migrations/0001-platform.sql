-- The log of everything that happened: audit trail and outbox in one. Rows are only ever added.
create table event (
  id uuid primary key,
  sequence bigint generated always as identity unique,
  -- Order by (transaction_id, sequence) below the oldest running transaction, and no late commit is skipped.
  transaction_id xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  type text not null,
  result text not null check (result in ('success', 'failure')),
  actor_kind text not null check (actor_kind in ('user', 'app', 'system')),
  actor_id uuid,
  actor_name text,
  -- userPrincipalName of a user, appId of an app
  actor_login text,
  subject text not null,
  correlation_id uuid not null,
  request_id text,
  targets jsonb not null default '[]',
  reason text,
  refusal_code text,
  data jsonb not null default '{}',
  check ((result = 'failure') = (refusal_code is not null))
);
create index event_consumption on event (transaction_id, sequence);
create index event_subject on event (subject, at);
create index event_correlation on event (correlation_id);
create index event_at on event (at desc, sequence desc);

-- How far each consumer has read the event log.
create table event_cursor (
  consumer text primary key,
  transaction_id xid8 not null,
  sequence bigint not null
);

-- Work that falls due at an instant. It announces and moves requests on; it never decides who has access.
create table due (
  id uuid primary key,
  kind text not null,
  subject text not null,
  at timestamptz not null,
  attempts integer not null default 0,
  done_at timestamptz,
  unique (kind, subject, at)
);
create index due_open on due (at) where done_at is null;

-- Facts about this database: its tenant, and whether it serves or rehearses.
create table setting (
  name text primary key,
  value jsonb not null
);
