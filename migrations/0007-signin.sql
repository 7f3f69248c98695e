-- Applications that sign in for themselves. `id` is the service principal's, `app_id` the application's.
create table signin_app (
  id uuid primary key,
  app_id uuid not null unique,
  display_name text not null,
  -- Graph application permissions, such as EntitlementManagement.ReadWrite.All
  permissions jsonb not null default '[]' check (jsonb_typeof(permissions) = 'array'),
  -- scrypt, never the secret itself
  secret_hash text not null,
  created_at timestamptz not null
);

-- Private signing keys. Every node signs with the newest and accepts all.
create table signin_key (
  -- Counts up; as a primary key it lets only one of several starting nodes make the first key.
  generation integer primary key check (generation > 0),
  jwk jsonb not null,
  created_at timestamptz not null
);

-- What the OpenID provider keeps between requests.
create table signin_record (
  model text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  user_code text,
  uid text,
  consumed_at timestamptz,
  expires_at timestamptz,
  primary key (model, id)
);
create index signin_record_grant on signin_record (grant_id) where grant_id is not null;
create index signin_record_user_code on signin_record (user_code) where user_code is not null;
create index signin_record_uid on signin_record (uid) where uid is not null;
create index signin_record_expiry on signin_record (expires_at);
