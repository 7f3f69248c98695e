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

-- What the system asks for by itself, where an automatic policy or the leaving of a scope says so.
alter table assignment_request drop constraint assignment_request_request_type_check;
alter table assignment_request add constraint assignment_request_request_type_check check (request_type in (
  'userAdd', 'userUpdate', 'userRemove', 'adminAdd', 'adminUpdate', 'adminRemove', 'systemAdd', 'systemUpdate',
  'systemRemove', 'onBehalfAdd', 'approverRemove'));

-- An early end may be said beforehand ("leaving"): it can be taken back until it has come.
alter table package_assignment drop constraint package_assignment_end_reason_check;
alter table package_assignment add constraint package_assignment_end_reason_check check (end_reason in (
  'removedByTarget', 'removedByAdministrator', 'removedByApprover', 'leaving', 'leftScope', 'policyDeleted', 'replaced',
  'contentsGone'));

-- Whom the rule of an automatic policy takes in, and has taken in.
create table automatic_scope (
  policy_id uuid not null,
  user_id uuid not null,
  entered_at timestamptz not null,
  left_at timestamptz,
  primary key (policy_id, user_id, entered_at)
);
create unique index automatic_scope_now on automatic_scope (policy_id, user_id) where left_at is null;
