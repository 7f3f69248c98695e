-- The ledger: who has been given what, eligible or active, for which window, and where it came from.
create table "grant" (
  id uuid primary key,
  principal_id uuid not null,
  principal_kind text not null check (principal_kind in ('user', 'group', 'app')),
  privilege_kind text not null check (privilege_kind in ('role', 'group-member', 'group-owner')),
  privilege_id uuid not null,
  scope text not null default '/',
  mode text not null check (mode in ('eligible', 'active')),
  starts_at timestamptz not null,
  -- The planned end, null for permanent. It only ever moves later.
  ends_at timestamptz,
  -- The early end, with its reason. Live at t: starts_at <= t < least(ends_at, ended_at).
  ended_at timestamptz,
  end_reason text,
  origin_kind text not null check (origin_kind in ('assigned', 'rule', 'package', 'activation')),
  -- The request, group, package assignment or eligibility that it came from.
  origin_id text not null,
  correlation_id uuid not null,
  given_at timestamptz not null,
  check (ends_at is null or ends_at > starts_at),
  check ((ended_at is null) = (end_reason is null)),
  check (mode = 'active' or origin_kind in ('assigned', 'package'))
);
create index grant_principal on "grant" (principal_id, privilege_kind, mode) where ended_at is null;
create index grant_privilege on "grant" (privilege_id, privilege_kind, mode) where ended_at is null;
create index grant_principal_all on "grant" (principal_id, starts_at);
create index grant_privilege_all on "grant" (privilege_id, starts_at);
create index grant_origin on "grant" (origin_kind, origin_id);

-- What a grant hangs on. When that ends early, the grant ends with it.
create table grant_link (
  grant_id uuid not null references "grant",
  hangs_on_kind text not null check (hangs_on_kind in ('grant', 'package-assignment')),
  hangs_on_id uuid not null,
  primary key (grant_id, hangs_on_kind, hangs_on_id)
);
create index grant_link_base on grant_link (hangs_on_kind, hangs_on_id);

-- Whether a principal's account may be used, as a history of windows.
create table account (
  principal_id uuid not null,
  enabled boolean not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (principal_id, valid_from)
);
create unique index account_now on account (principal_id) where valid_to is null;
