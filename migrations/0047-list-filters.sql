-- Lists as they are narrowed: one package's requests and assignments, states, who holds what now.
create index assignment_request_of_package on assignment_request (package_id, created_at desc, id) where deleted_at is null;
create index assignment_request_in_state on assignment_request (state, created_at desc, id) where deleted_at is null;
create index package_assignment_of_package on package_assignment (package_id, starts_at desc, id);
create index package_assignment_end on package_assignment
  ((coalesce(least(ends_at, ended_at), 'infinity'::timestamptz)));
create index entitlement_subject_list on entitlement_subject (lower(display_name), id);
create index grant_list on "grant" (starts_at desc, id);
create index grant_holders on "grant" (privilege_id, privilege_kind, mode, principal_id);
create index grant_end on "grant"
  (privilege_kind, mode, (coalesce(least(ends_at, ended_at), 'infinity'::timestamptz)));
create index schedule_request_of_roles on schedule_request (mode, created_at desc, id) where privilege_kind = 'role';
-- Which kinds of privileges are given in which mode: people hold few roles actively, however many are eligible.
create statistics grant_kinds (mcv) on privilege_kind, mode from "grant";
