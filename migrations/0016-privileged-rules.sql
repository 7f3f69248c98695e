-- Authentication contexts (c1 to c99) that activations may demand, each with the windows in which it was as it says.
create table authentication_context (
  id text not null,
  display_name text,
  description text,
  is_available boolean not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (id, valid_from)
);
create unique index authentication_context_now on authentication_context (id) where valid_to is null;

-- Extending and renewing: by administrators at once, by the person as a request that an administrator answers.
alter table schedule_request drop constraint schedule_request_action_check;
alter table schedule_request add constraint schedule_request_action_check check (action in (
  'adminAssign', 'adminUpdate', 'adminRemove', 'adminExtend', 'adminRenew',
  'selfActivate', 'selfDeactivate', 'selfExtend', 'selfRenew'
));
alter table schedule_request drop constraint schedule_request_state_check;
alter table schedule_request add constraint schedule_request_state_check check (state in (
  'pendingApproval', 'pendingAdminDecision', 'granted', 'denied', 'timedOut', 'canceled', 'failed', 'revoked'
));
alter table schedule_request drop constraint schedule_request_check;
alter table schedule_request add constraint schedule_request_completed_check
  check ((state in ('pendingApproval', 'pendingAdminDecision')) = (completed_at is null));
alter table schedule_request drop constraint schedule_request_check1;
alter table schedule_request add constraint schedule_request_decide_by_check
  check (state not in ('pendingApproval', 'pendingAdminDecision') or decide_by is not null);
create unique index schedule_request_waiting
  on schedule_request (principal_id, privilege_kind, privilege_id, scope, mode) where state = 'pendingAdminDecision';
