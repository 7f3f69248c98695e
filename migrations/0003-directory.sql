-- The tenant: one row.
create table organization (
  id uuid primary key,
  display_name text not null,
  verified_domains text[] not null,
  created_at timestamptz not null,
  only_one boolean not null default true unique check (only_one)
);

-- People. Whether an account may be used is the business of table "account"; managers have a history of their own.
create table directory_user (
  id uuid primary key,
  user_principal_name text not null,
  display_name text not null,
  security_identifier text not null,
  given_name text,
  surname text,
  job_title text,
  department text,
  company_name text,
  employee_id text,
  employee_type text,
  mail text,
  mail_nickname text,
  mobile_phone text,
  fax_number text,
  office_location text,
  street_address text,
  city text,
  state text,
  postal_code text,
  country text,
  preferred_language text,
  preferred_data_location text,
  usage_location text,
  user_type text,
  creation_type text,
  age_group text,
  consent_provided_for_minor text,
  password_policies text,
  on_premises_distinguished_name text,
  on_premises_domain_name text,
  on_premises_immutable_id text,
  on_premises_sam_account_name text,
  on_premises_security_identifier text,
  on_premises_user_principal_name text,
  on_premises_sync_enabled boolean,
  show_in_address_list boolean,
  business_phones text[] not null default '{}',
  other_mails text[] not null default '{}',
  proxy_addresses text[] not null default '{}',
  im_addresses text[] not null default '{}',
  employee_hire_date timestamptz,
  employee_leave_date_time timestamptz,
  employee_org_data jsonb,
  -- extensionAttribute1 to 15, those that are set
  extension_attributes jsonb not null default '{}',
  created_at timestamptz not null,
  deleted_at timestamptz,
  -- What accountEnabled was when the user was deleted, for a restore.
  enabled_when_deleted boolean,
  -- A user that was deleted for good leaves its row behind: the past names it.
  purged_at timestamptz
);
create unique index directory_user_name on directory_user (lower(user_principal_name)) where deleted_at is null;
create index directory_user_display_name on directory_user (display_name, id) where deleted_at is null;

-- Who was whose manager, when. Windows are closed, never overwritten.
create table user_manager (
  user_id uuid not null references directory_user,
  manager_id uuid not null references directory_user,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (user_id, valid_from),
  check (user_id <> manager_id)
);
create unique index user_manager_now on user_manager (user_id) where valid_to is null;
create index user_manager_reports on user_manager (manager_id) where valid_to is null;

create table directory_group (
  id uuid primary key,
  display_name text not null,
  security_identifier text not null,
  description text,
  mail text,
  mail_nickname text not null,
  mail_enabled boolean not null,
  security_enabled boolean not null,
  group_types text[] not null default '{}',
  membership_rule text,
  membership_rule_processing_state text check (membership_rule_processing_state in ('On', 'Paused')),
  is_assignable_to_role boolean not null default false,
  visibility text check (visibility in ('Public', 'Private', 'HiddenMembership')),
  unique_name text,
  classification text,
  theme text,
  preferred_data_location text,
  preferred_language text,
  created_at timestamptz not null,
  deleted_at timestamptz,
  purged_at timestamptz,
  -- A role-assignable group is a security group with assigned members, and no mail group.
  check (not is_assignable_to_role or (
    security_enabled and not mail_enabled and not 'DynamicMembership' = any (group_types) and visibility = 'Private'
  )),
  check (('DynamicMembership' = any (group_types)) = (membership_rule is not null)),
  check ((membership_rule is null) = (membership_rule_processing_state is null))
);
create unique index directory_group_unique_name on directory_group (lower(unique_name))
  where unique_name is not null and purged_at is null;
create index directory_group_display_name on directory_group (display_name, id) where deleted_at is null;
create index directory_group_role_assignable on directory_group (id) where is_assignable_to_role;
create index directory_group_dynamic on directory_group (id)
  where membership_rule is not null and deleted_at is null;

-- The built-in roles; the id is the template's, which is the same in every tenant.
create table role_definition (
  id uuid primary key,
  display_name text not null,
  description text not null,
  is_privileged boolean not null,
  is_built_in boolean not null default true,
  is_enabled boolean not null default true,
  -- When an administrator switched it on for the legacy directoryRoles collection.
  activated_at timestamptz
);

-- Applications as principals. Their credentials are the business of sign-in.
create table service_principal (
  id uuid primary key,
  app_id uuid not null unique,
  display_name text not null,
  created_at timestamptz not null,
  deleted_at timestamptz
);
