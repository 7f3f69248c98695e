-- What an organisation has settled about governance, one row for each setting and window; what has no row is as the
-- code says. The present is read like any other instant.
create table governance_setting (
  name text not null,
  value jsonb not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (name, valid_from)
);
create unique index governance_setting_now on governance_setting (name) where valid_to is null;
