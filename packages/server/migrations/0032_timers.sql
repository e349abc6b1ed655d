-- What is kept of the time of a task, one row each from the first timer on. It outlives the task, as billed time does.
-- Whoever changes entries of a task locks this row first.
create table task_time (
  task_id uuid primary key,
  workspace_id uuid not null references workspace on delete restrict,
  -- Σ duration_ms of its entries that have ended.
  base_ms bigint not null default 0 check (base_ms >= 0),
  rate_minor bigint check (rate_minor >= 0),
  rate_currency text check (rate_currency ~ '^[A-Z]{3}$'),
  -- How the task was called, once it is gone for good.
  title text check (char_length(title) <= 200),
  category text check (char_length(category) <= 50),
  check ((rate_minor is null) = (rate_currency is null))
);

create index task_time_workspace on task_time (workspace_id);

-- Stretches of time. What has ended is never changed in its time: a correction is a row of its own.
create table time_entry (
  id uuid primary key,
  task_id uuid not null references task_time on delete restrict,
  -- Of the task.
  workspace_id uuid not null references workspace on delete restrict,
  account_id uuid not null references account on delete restrict,
  kind text not null check (kind in ('timer', 'manual', 'correction')),
  -- Whole milliseconds of the database's clock. A correction counts at the start of what it corrects.
  started_at timestamptz not null,
  -- null: the timer is running.
  stopped_at timestamptz,
  duration_ms bigint,
  stop_reason text check (char_length(stop_reason) <= 20),
  note text not null default '' check (char_length(note) <= 500),
  billable boolean not null,
  rate_minor bigint check (rate_minor >= 0),
  rate_currency text check (rate_currency ~ '^[A-Z]{3}$'),
  author_id uuid not null references account on delete restrict,
  reason text check (char_length(reason) between 1 and 500),
  corrects uuid references time_entry on delete restrict,
  created_at timestamptz not null,
  -- By how much the database's clock jumped while the timer ran, as far as a node saw it.
  clock_jump_ms bigint,
  -- When the person was asked whether they forgot the timer, and what they had done last by then.
  asked_at timestamptz,
  last_action_at timestamptz,
  version int not null default 1 check (version >= 1),
  check ((stopped_at is null) = (duration_ms is null)),
  check (stopped_at >= started_at),
  check (kind = 'timer' or stopped_at is not null),
  check (kind = 'correction' or duration_ms = round(extract(epoch from stopped_at - started_at) * 1000)),
  check ((kind = 'correction') = (corrects is not null)),
  check ((kind = 'timer') = (reason is null)),
  check ((rate_minor is null) = (rate_currency is null))
);

create unique index time_entry_running on time_entry (task_id, account_id) where stopped_at is null;
create index time_entry_running_since on time_entry (started_at) where stopped_at is null;
create index time_entry_running_account on time_entry (account_id, started_at) where stopped_at is null;
create index time_entry_task on time_entry (task_id, started_at desc, id desc);
create index time_entry_account on time_entry (account_id, started_at);
create index time_entry_workspace on time_entry (workspace_id, started_at);
create index time_entry_author on time_entry (author_id);
create index time_entry_corrects on time_entry (corrects) where corrects is not null;

-- The hourly rate of a workspace.
create table workspace_rate (
  workspace_id uuid primary key references workspace on delete restrict,
  rate_minor bigint not null check (rate_minor >= 0),
  rate_currency text not null check (rate_currency ~ '^[A-Z]{3}$')
);

-- Days whose time entries cannot change any more, with the instants at which they begin and end.
create table period_lock (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete restrict,
  first_day date not null,
  last_day date not null,
  time_zone text not null check (char_length(time_zone) <= 64),
  from_at timestamptz not null,
  to_at timestamptz not null,
  locked_by uuid not null references account on delete restrict,
  locked_at timestamptz not null,
  check (last_day >= first_day),
  check (to_at > from_at)
);

create index period_lock_workspace on period_lock (workspace_id, from_at);
create index period_lock_locked_by on period_lock (locked_by);

-- Links to timesheet files: what was asked for, and by whom.
create table timesheet_link (
  token_hash bytea primary key,
  account_id uuid not null references account on delete restrict,
  query jsonb not null,
  expires_at timestamptz not null
);

create index timesheet_link_expires on timesheet_link (expires_at);
create index timesheet_link_account on timesheet_link (account_id);

-- The secret addresses of calendar feeds.
create table calendar_feed (
  account_id uuid primary key references account on delete restrict,
  secret_hash bytea not null unique,
  created_at timestamptz not null
);

-- When people last did something by themselves, to the minute or so.
create table last_action (
  account_id uuid primary key references account on delete restrict,
  at timestamptz not null
);
