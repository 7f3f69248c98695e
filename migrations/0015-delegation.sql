-- Roles of entitlement management are privileges too. Their scope is `/` or one catalog, `/AccessPackageCatalog/{id}`.
alter table "grant" drop constraint grant_privilege_kind_check;
alter table "grant" add constraint grant_privilege_kind_check
  check (privilege_kind in ('role', 'group-member', 'group-owner', 'entitlement-role'));

-- What holders of a role of entitlement management may do. A change writes a new version.
create table entitlement_role_definition (
  id uuid not null,
  display_name text not null,
  description text,
  is_built_in boolean not null,
  -- Whether it can be assigned. Who has it keeps it.
  is_enabled boolean not null,
  template_id text not null,
  version text not null,
  -- Resource actions, in Graph's spelling.
  actions jsonb not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (id, valid_from)
);
create unique index entitlement_role_definition_now on entitlement_role_definition (id) where valid_to is null;

-- Who is a user's sponsor, when. Windows are closed, never overwritten.
create table user_sponsor (
  user_id uuid not null references directory_user,
  sponsor_id uuid not null,
  sponsor_kind text not null check (sponsor_kind in ('user', 'group')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (user_id, sponsor_id, valid_from),
  check (user_id <> sponsor_id)
);
create unique index user_sponsor_now on user_sponsor (user_id, sponsor_id) where valid_to is null;

-- Other organizations whose people may ask for packages. A change writes a new version.
create table connected_organization (
  id uuid not null,
  display_name text not null,
  description text,
  state text not null check (state in ('configured', 'proposed')),
  -- In Graph's shape.
  identity_sources jsonb not null,
  created_at timestamptz not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (id, valid_from)
);
create unique index connected_organization_now on connected_organization (id) where valid_to is null;

-- Who speaks for a connected organization, when: people of ours (internal) and of theirs (external).
create table connected_organization_sponsor (
  organization_id uuid not null,
  side text not null check (side in ('internal', 'external')),
  sponsor_id uuid not null,
  sponsor_kind text not null check (sponsor_kind in ('user', 'group')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (organization_id, side, sponsor_id, valid_from)
);
create unique index connected_organization_sponsor_now
  on connected_organization_sponsor (organization_id, side, sponsor_id) where valid_to is null;

-- What becomes of a guest whose last assignment is gone. Only governed ones are blocked, and then deleted.
alter table entitlement_subject add column lifecycle text
  check (lifecycle in ('notDefined', 'notGoverned', 'governed'));
alter table entitlement_subject add column blocked_at timestamptz;
alter table entitlement_subject add column deletion_at timestamptz;
