-- Who has a package is looked up, and counted, by package and target.
create index package_assignment_pair on package_assignment (package_id, target_id);
drop index package_assignment_package;

-- What the questions of the policy have been answered with, when it was asked for and since.
alter table package_assignment add column answers jsonb;
update package_assignment set answers = coalesce(
  (select asked.answers from assignment_request as asked where asked.assignment_id = package_assignment.id
    and asked.request_type in ('userAdd', 'adminAdd', 'onBehalfAdd', 'systemAdd') order by asked.created_at limit 1),
  '[]');
alter table package_assignment alter column answers set not null;
