-- The instances that share this database: one row each, from the start to the stop. A backend is
-- written as pid@start, because a pid alone is given again.
create table dbapi.instances (
  id text primary key,
  host text not null,
  started timestamptz not null default clock_timestamp(),
  heartbeat timestamptz not null default clock_timestamp(),
  share int not null check (share > 0),
  backends text[] not null default '{}',
  fenced timestamptz,
  fenced_by text,
  check ((fenced is null) = (fenced_by is null)));
