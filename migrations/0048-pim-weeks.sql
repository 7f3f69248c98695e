-- Weeks in which something happened in PIM. One begins with what happens while none is open, and is told of by mail when
-- it is over, so that each thing is in one week, and quiet weeks are told to nobody.
create table pim_week (
  id uuid primary key,
  began_at timestamptz not null,
  ends_at timestamptz not null,
  check (ends_at > began_at)
);
create index pim_week_end on pim_week (ends_at);
