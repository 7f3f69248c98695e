-- Why a planned end is where it is: what of several ends was the earliest. Null with no end, and for rows older than this.
alter table "grant" add column end_bound text check (end_bound in (
  'requested', 'policy', 'eligibilityMaximum', 'assignmentMaximum', 'activationMaximum', 'link'
));
-- What the end is bound by, where that is a thing: the link, or the group or role whose rule it is.
alter table "grant" add column end_bound_id uuid;
alter table package_assignment add column end_bound text check (end_bound in (
  'requested', 'policy', 'eligibilityMaximum'
));
alter table package_assignment add column end_bound_id uuid;
