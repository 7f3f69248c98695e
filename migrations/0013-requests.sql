-- Every kind of request that Graph knows: this server takes them as it learns to.
alter table assignment_request drop constraint assignment_request_request_type_check;
alter table assignment_request add constraint assignment_request_request_type_check check (request_type in (
  'userAdd', 'userUpdate', 'userRemove', 'adminAdd', 'adminUpdate', 'adminRemove', 'systemAdd', 'systemUpdate',
  'systemRemove', 'onBehalfAdd', 'approverRemove'));

-- Approved, and not to start before an instant: what is then true is checked before anything is given.
alter table assignment_request add column starts_at timestamptz;
alter table assignment_request drop constraint assignment_request_state_check;
alter table assignment_request add constraint assignment_request_state_check check (state in (
  'pendingApproval', 'scheduled', 'delivered', 'deliveryFailed', 'denied', 'canceled'));
alter table assignment_request drop constraint assignment_request_check1;
alter table assignment_request add constraint assignment_request_completed_check
  check ((state in ('pendingApproval', 'scheduled')) = (completed_at is null));
alter table assignment_request add constraint assignment_request_starts_check
  check ((state = 'scheduled') = (starts_at is not null));
create index assignment_request_waits on assignment_request (package_id, target_id)
  where state in ('pendingApproval', 'scheduled');

-- The id that the assignment will have, so that what is asked for can be shown while it waits.
alter table assignment_request add column asked_assignment_id uuid;
