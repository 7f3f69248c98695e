-- Applications that people sign in to, beside those that sign in for themselves.
alter table signin_app alter column secret_hash drop not null;
-- Addresses that a browser may come back to; none where nobody signs in to the application
alter table signin_app add column redirect_uris jsonb not null default '[]' check (jsonb_typeof(redirect_uris) = 'array');
-- Public keys (JWK) of certificates by which the application proves itself in place of a secret
alter table signin_app add column public_keys jsonb not null default '[]' check (jsonb_typeof(public_keys) = 'array');
-- Can keep no secret: runs on the machine of whoever uses it
alter table signin_app add column is_public boolean not null default false;
alter table signin_app add constraint signin_app_proof check (not is_public or (secret_hash is null and public_keys = '[]'));

-- How a person proves who they are. Instants are real time.
create table signin_account (
  user_id uuid primary key,
  -- Argon2id, never the password itself
  password_hash text,
  password_changed_at timestamptz,
  -- Secret of one-time codes (RFC 6238), in base32, and the last time step whose code was taken
  totp_secret text,
  totp_step bigint,
  totp_added_at timestamptz,
  -- Tokens that were issued before are worth nothing
  tokens_valid_from timestamptz
);

-- Passkeys and security keys.
create table signin_passkey (
  -- Credential id, in base64url
  id text primary key,
  user_id uuid not null,
  display_name text not null,
  -- COSE key, in base64url
  public_key text not null,
  counter bigint not null,
  transports jsonb not null check (jsonb_typeof(transports) = 'array'),
  -- Host that it was made for and works at
  relying_party text not null,
  -- Whether it is kept in more places than one device
  is_synced boolean not null,
  added_at timestamptz not null,
  used_at timestamptz
);
create index signin_passkey_user on signin_passkey (user_id);

-- Recovery codes that have not been used.
create table signin_recovery_code (
  user_id uuid not null,
  code_hash text not null,
  primary key (user_id, code_hash)
);

-- One-time links: one for a person at a time.
create table signin_link (
  user_id uuid primary key,
  secret_hash text not null unique,
  expires_at timestamptz not null
);

-- What a browser has proven of a sign-in that is not finished.
create table signin_progress (
  interaction text primary key,
  user_id uuid,
  payload jsonb not null,
  expires_at timestamptz not null
);
create index signin_progress_expiry on signin_progress (expires_at);

-- Failed proofs, counted in windows of real time. The key is a hash: it names neither an account nor an address.
create table signin_failure (
  key_hash text primary key,
  count integer not null check (count > 0),
  window_ends_at timestamptz not null
);
create index signin_failure_window on signin_failure (window_ends_at);
