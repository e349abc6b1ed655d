-- Each scheduled backup, so that every node, `atrium doctor` and the metrics can tell whether they succeed.
create table backup_run (
  id uuid primary key,
  -- The directory or bucket, without keys.
  place text not null check (char_length(place) <= 2000),
  name text not null check (char_length(name) <= 100),
  started_at timestamptz not null,
  -- Null while it runs, and if its process died.
  ended_at timestamptz check (ended_at >= started_at),
  -- Size of the file; null unless it is there and whole.
  bytes bigint check (bytes > 0),
  rows bigint check (rows >= 0),
  -- Why it failed.
  failure text check (char_length(failure) <= 500),
  check ((ended_at is null) = (bytes is null and failure is null)),
  check (bytes is null or failure is null)
);
create index backup_run_latest on backup_run (started_at desc);
