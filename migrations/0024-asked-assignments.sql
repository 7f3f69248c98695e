-- Every request names the assignment that it is about, there or not: what is asked for is found by it.
update assignment_request set asked_assignment_id = assignment_id
  where asked_assignment_id is null and assignment_id is not null;
create index assignment_request_asked on assignment_request (asked_assignment_id);
