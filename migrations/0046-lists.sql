-- Lists in the orders in which they are read, so that a page of them costs the same however long they are.
create index directory_user_list on directory_user (lower(display_name), id) where deleted_at is null;
create index directory_user_login on directory_user (lower(user_principal_name), id) where deleted_at is null;
create index directory_group_list on directory_group (lower(display_name), id) where deleted_at is null;
create index assignment_request_list on assignment_request (created_at desc, id) where deleted_at is null;
create index package_assignment_list on package_assignment (starts_at desc, id);
create index event_list on event (at desc, id);
