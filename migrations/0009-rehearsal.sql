-- The rehearsal's movable clock. Governance time is `base`, plus the real time since `real_base` while it runs.
create table rehearsal_clock (
  only_row boolean primary key default true check (only_row),
  base timestamptz not null,
  real_base timestamptz not null,
  running boolean not null
);
