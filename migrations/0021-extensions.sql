-- What waits for a decision about an assignment that there is: withdrawn when the assignment ends.
create index assignment_request_pending_update on assignment_request (assignment_id)
  where pending_until is not null and assignment_id is not null;
