-- Custom directory roles beside the built-in ones. A deleted one keeps its name for the record.
alter table role_definition
  -- Whose role it is a copy of, as clients that keep a design say; a built-in role is its own template.
  add column template_id uuid,
  add column version text,
  -- Resource actions, as they were sent.
  add column actions jsonb not null default '[]',
  add column deleted_at timestamptz,
  add check (not is_built_in or (actions = '[]' and template_id is null and deleted_at is null));
create unique index role_definition_name on role_definition (lower(display_name)) where deleted_at is null;
