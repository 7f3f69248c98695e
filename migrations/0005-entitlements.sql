-- Containers of access packages and of the resources that these may give.
create table catalog (
  id uuid primary key,
  display_name text not null,
  description text,
  catalog_type text not null check (catalog_type in ('userManaged', 'serviceDefault')),
  state text not null check (state in ('unpublished', 'published')),
  is_externally_visible boolean not null,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  deleted_at timestamptz
);

-- A group or a directory role that packages of a catalog may give.
create table catalog_resource (
  id uuid primary key,
  catalog_id uuid not null references catalog,
  origin_system text not null check (origin_system in ('AadGroup', 'DirectoryRole')),
  origin_id uuid not null,
  display_name text not null,
  description text,
  -- Its one scope, the whole resource.
  scope_id uuid not null,
  -- Whether the group is managed by PIM, and so has eligible roles.
  is_onboarded boolean not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index catalog_resource_once on catalog_resource (catalog_id, origin_id) where removed_at is null;
create index catalog_resource_origin on catalog_resource (origin_id);

-- What can be held of a resource. Eligible roles of a group appear once it is under PIM.
create table catalog_resource_role (
  id uuid primary key,
  resource_id uuid not null references catalog_resource,
  kind text not null check (kind in ('member', 'owner', 'eligibleMember', 'eligibleOwner', 'eligible', 'active')),
  unique (resource_id, kind)
);

create table resource_request (
  id uuid primary key,
  request_type text not null check (request_type in ('adminAdd', 'adminRemove')),
  catalog_id uuid not null references catalog,
  resource_id uuid not null references catalog_resource,
  created_at timestamptz not null
);

create table access_package (
  id uuid primary key,
  catalog_id uuid not null references catalog,
  display_name text not null,
  description text,
  is_hidden boolean not null,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  deleted_at timestamptz
);
create index access_package_catalog on access_package (catalog_id);

-- What a package gives.
create table package_role_scope (
  id uuid primary key,
  package_id uuid not null references access_package,
  role_id uuid not null references catalog_resource_role,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index package_role_scope_once on package_role_scope (package_id, role_id) where removed_at is null;

-- Who may ask for a package and how it is decided. A change writes a new version; requests keep the one they met.
create table assignment_policy (
  id uuid not null,
  package_id uuid not null references access_package,
  -- In Graph's shape, complete.
  document jsonb not null,
  created_at timestamptz not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (id, valid_from)
);
create unique index assignment_policy_now on assignment_policy (id) where valid_to is null;
create index assignment_policy_package on assignment_policy (package_id) where valid_to is null;

-- People and apps that have to do with packages, as Graph's accessPackageSubject shows them.
create table entitlement_subject (
  id uuid primary key,
  subject_type text not null check (subject_type in ('user', 'servicePrincipal')),
  display_name text not null,
  principal_name text,
  email text
);

create table package_assignment (
  id uuid primary key,
  package_id uuid not null references access_package,
  policy_id uuid not null,
  target_id uuid not null references entitlement_subject,
  starts_at timestamptz not null,
  ends_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('removedByTarget', 'removedByAdministrator')),
  correlation_id uuid not null,
  check (ends_at is null or ends_at > starts_at),
  check ((ended_at is null) = (end_reason is null))
);
create index package_assignment_target on package_assignment (target_id);
create index package_assignment_package on package_assignment (package_id);

-- How a request stands is stored but for the passing of time: pending until an instant means denied from then on.
create table assignment_request (
  id uuid primary key,
  request_type text not null check (request_type in ('userAdd', 'userRemove', 'adminAdd', 'adminRemove')),
  package_id uuid not null references access_package,
  policy_id uuid not null,
  requestor_id uuid not null references entitlement_subject,
  target_id uuid not null references entitlement_subject,
  assignment_id uuid references package_assignment,
  justification text,
  answers jsonb not null,
  schedule jsonb not null,
  -- The policy's terms and the package's contents as they were when it was made.
  snapshot jsonb not null,
  created_at timestamptz not null,
  correlation_id uuid not null,
  state text not null check (state in ('pendingApproval', 'delivered', 'deliveryFailed', 'denied', 'canceled')),
  pending_until timestamptz,
  completed_at timestamptz,
  -- Why it was denied or could not be delivered.
  cause text,
  deleted_at timestamptz,
  check ((state = 'pendingApproval') = (pending_until is not null)),
  check ((state = 'pendingApproval') = (completed_at is null)),
  check ((state in ('denied', 'deliveryFailed')) = (cause is not null)),
  check (state <> 'denied' or cause in ('decision', 'time'))
);
create index assignment_request_package on assignment_request (package_id, target_id);
create index assignment_request_target on assignment_request (target_id);
create index assignment_request_requestor on assignment_request (requestor_id);
create index assignment_request_assignment on assignment_request (assignment_id);

-- One row, made when the tenant is.
create table entitlement_settings (
  id text primary key check (id = 'settings'),
  external_user_lifecycle_action text not null
    check (external_user_lifecycle_action in ('none', 'blockSignIn', 'blockSignInAndDelete')),
  duration_until_deleted text not null
);
