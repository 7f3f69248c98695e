-- Separation of duties: who has or is in the second can neither ask for nor be given the first.
create table package_incompatibility (
  id uuid primary key,
  package_id uuid not null references access_package,
  -- Another package, or a group of the directory.
  excludes_kind text not null check (excludes_kind in ('package', 'group')),
  excludes_id uuid not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  check (excludes_id <> package_id)
);
create unique index package_incompatibility_once on package_incompatibility (package_id, excludes_kind, excludes_id)
  where removed_at is null;
create index package_incompatibility_back on package_incompatibility (excludes_id) where removed_at is null;
