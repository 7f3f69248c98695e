-- Secrets and certificates by which an application proves itself: several at a time, so that one can take over from
-- another. A row is gone when it is removed, and with it the tokens that were got by it; the event log tells of it.
-- Times are real time.
create table signin_credential (
  id uuid primary key,
  app_id uuid not null references signin_app (id),
  kind text not null check (kind in ('password', 'certificate')),
  display_name text,
  -- First characters of a secret, by which people tell it from others
  hint text,
  -- scrypt, never the secret itself
  secret_hash text,
  -- JWK of the certificate's key, and the SHA-256 of the certificate in hexadecimal
  public_key jsonb,
  thumbprint text,
  starts_at timestamptz not null,
  -- Null for no end
  ends_at timestamptz,
  check ((kind = 'password') = (secret_hash is not null)),
  check ((kind = 'certificate') = (public_key is not null))
);
create index signin_credential_app on signin_credential (app_id);

-- What was registered before had no end that was kept.
insert into signin_credential (id, app_id, kind, secret_hash, starts_at)
  select gen_random_uuid(), id, 'password', secret_hash, created_at from signin_app where secret_hash is not null;
insert into signin_credential (id, app_id, kind, public_key, starts_at)
  select gen_random_uuid(), app.id, 'certificate', known.key, app.created_at
  from signin_app as app cross join lateral jsonb_array_elements(app.public_keys) as known(key);

alter table signin_app drop constraint signin_app_proof;
alter table signin_app drop column secret_hash;
alter table signin_app drop column public_keys;
