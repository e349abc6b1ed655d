-- What the administrators of the instance see of it in figures.

-- The latest figures, and who measures: whoever moves `claimed_at` on. One row.
create table instance_counters (
  id boolean primary key default true check (id),
  claimed_at timestamptz not null,
  counters jsonb check (octet_length(counters::text) <= 2000)
);

-- The figures of each minute, and after a day the highest of each quarter of an hour.
create table counter_sample (
  at timestamptz not null,
  minutes smallint not null check (minutes in (1, 15)),
  online int not null check (online >= 0),
  sockets int not null check (sockets >= 0),
  messages_per_minute int not null check (messages_per_minute >= 0),
  running_timers int not null check (running_timers >= 0),
  orders_today int not null check (orders_today >= 0),
  queue_depth int not null check (queue_depth >= 0),
  database_bytes bigint not null check (database_bytes >= 0),
  disk_used_bytes bigint not null check (disk_used_bytes >= 0),
  primary key (at, minutes)
);
