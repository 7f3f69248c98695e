-- Who is signed in through a browser. The cookie holds a random id; only its SHA-256 is kept. Times are real time.
create table signin_session (
  id_hash text primary key,
  user_id uuid not null,
  -- Who said who it is: the built-in provider, one outside, or a rehearsal, where anyone is played.
  provider text not null check (provider in ('builtin', 'outside', 'rehearsal')),
  -- When multifactor authentication was last proven
  mfa_at timestamptz,
  -- Authentication contexts that the sign-in satisfied, such as c1
  contexts jsonb not null default '[]' check (jsonb_typeof(contexts) = 'array'),
  -- The provider's ID token, by which its own session is ended too
  id_token text,
  created_at timestamptz not null,
  -- To the minute
  used_at timestamptz not null
);
create index signin_session_user on signin_session (user_id);
create index signin_session_age on signin_session (created_at);

-- Signing a person out everywhere
create index signin_record_account on signin_record ((payload ->> 'accountId'));

-- A browser that was sent to the provider and is expected back, once.
create table signin_attempt (
  state_hash text primary key,
  -- SHA-256 of what a cookie of the browser holds
  browser_hash text not null,
  nonce text not null,
  code_verifier text not null,
  -- Address of ours that the browser uses
  base_url text not null,
  return_to text not null,
  asked_mfa boolean not null,
  asked_contexts jsonb not null check (jsonb_typeof(asked_contexts) = 'array'),
  -- Seconds; how old the proof may be that was asked for
  max_age integer,
  expires_at timestamptz not null
);
create index signin_attempt_expiry on signin_attempt (expires_at);
