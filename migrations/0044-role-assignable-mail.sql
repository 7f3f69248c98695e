-- A role-assignable group may be a Microsoft 365 group: it is securityEnabled, its members are assigned and not public.
alter table directory_group drop constraint directory_group_check;
alter table directory_group add constraint directory_group_role_assignable_check check (not is_assignable_to_role or (
  security_enabled and not 'DynamicMembership' = any (group_types) and visibility = 'Private'
));
