-- One policy for each directory role, two (member, owner) for each group. Its rules are defaults in the code,
-- overlaid by the changes below.
create table role_management_policy (
  id uuid primary key,
  privilege_kind text not null check (privilege_kind in ('role', 'group-member', 'group-owner')),
  privilege_id uuid not null,
  -- The last part of the id on the wire. Onboarding a group gives its policies new ones, as in Entra.
  public_id uuid not null unique,
  -- Since when PIM manages it: from the start for a role, from the first request or rule change for a group.
  onboarded_at timestamptz,
  modified_at timestamptz,
  modified_by_id uuid,
  modified_by_name text,
  unique (privilege_kind, privilege_id)
);
create index role_management_policy_privilege on role_management_policy (privilege_id);

-- Rules that differ from the default, in wire form, each with the window in which it was in force.
create table role_management_rule (
  policy_id uuid not null references role_management_policy,
  rule_id text not null,
  rule jsonb not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (policy_id, rule_id, valid_from)
);
create unique index role_management_rule_now on role_management_rule (policy_id, rule_id) where valid_to is null;

-- What people and administrators asked of PIM. What they were given is in the ledger.
create table schedule_request (
  id uuid primary key,
  privilege_kind text not null check (privilege_kind in ('role', 'group-member', 'group-owner')),
  privilege_id uuid not null,
  scope text not null,
  mode text not null check (mode in ('eligible', 'active')),
  principal_id uuid not null,
  principal_kind text not null check (principal_kind in ('user', 'group', 'app')),
  action text not null check (action in (
    'adminAssign', 'adminUpdate', 'adminRemove', 'adminExtend', 'selfActivate', 'selfDeactivate'
  )),
  state text not null check (state in (
    'pendingApproval', 'granted', 'denied', 'timedOut', 'canceled', 'failed', 'revoked'
  )),
  -- requestSchedule in wire form, as it was asked for.
  schedule jsonb,
  -- When what was asked for starts; until then a granted request can be canceled.
  starts_at timestamptz not null,
  -- Until when somebody can approve it.
  decide_by timestamptz,
  justification text,
  ticket_number text,
  ticket_system text,
  -- The grant that came of it, or that it was about.
  grant_id uuid,
  -- The eligibility that is activated.
  eligibility_id uuid,
  failure_code text,
  creator_kind text not null check (creator_kind in ('user', 'app', 'system')),
  creator_id uuid,
  creator_name text,
  correlation_id uuid not null,
  created_at timestamptz not null,
  completed_at timestamptz,
  check ((state = 'pendingApproval') = (completed_at is null)),
  check (state <> 'pendingApproval' or decide_by is not null),
  check ((state = 'failed') = (failure_code is not null)),
  check (action not in ('selfActivate', 'selfDeactivate') or mode = 'active')
);
create unique index schedule_request_pending on schedule_request (principal_id, privilege_kind, privilege_id, scope)
  where state = 'pendingApproval';
create index schedule_request_privilege on schedule_request (privilege_id, created_at);
create index schedule_request_principal on schedule_request (principal_id, created_at);
create index schedule_request_creator on schedule_request (creator_id, created_at);
