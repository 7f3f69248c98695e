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
