-- Who settled it: a person or an application. Null where Sallyport did, or where nobody knows any more.
alter table governance_setting add column set_by uuid;
update governance_setting as setting set set_by = (
  select event.actor_id from event
  where event.type = 'governance-settings.updated' and event.result = 'success'
    and event.at = setting.valid_from and event.data -> setting.name is not null
  order by event.sequence desc limit 1
);
