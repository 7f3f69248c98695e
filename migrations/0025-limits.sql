-- Who has a package is looked up, and counted, by package and target.
create index package_assignment_pair on package_assignment (package_id, target_id);
drop index package_assignment_package;
