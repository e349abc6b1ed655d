-- Who completed which task when. It outlives the task; reopening the task takes it back.
create table completion (
  id uuid primary key,
  -- It may be gone.
  task_id uuid not null,
  account_id uuid not null references account on delete restrict,
  -- null: the workspace is gone. What people have done stays theirs.
  workspace_id uuid references workspace on delete set null,
  task_created_at timestamptz not null,
  completed_at timestamptz not null,
  undone_at timestamptz
);

create unique index completion_task on completion (task_id) where undone_at is null;
create index completion_account on completion (account_id, id);
create index completion_account_at on completion (account_id, completed_at) where undone_at is null;
create index completion_workspace_at on completion (workspace_id, completed_at);

insert into completion (id, task_id, account_id, workspace_id, task_created_at, completed_at)
select uuidv7(), id, completed_by, workspace_id, created_at, completed_at from task where completed_by is not null;

-- The time zone by which the completions of a person are counted in completion_day. Whoever counts locks this row first.
create table completion_calendar (
  account_id uuid primary key references account on delete restrict,
  time_zone text not null check (char_length(time_zone) <= 64)
);

-- Completions of a person by day. They hold as long as completion_calendar has the person's time zone.
create table completion_day (
  account_id uuid not null references account on delete restrict,
  day date not null,
  completed int not null check (completed >= 1),
  primary key (account_id, day)
);

-- How many tasks a person is a member of, by category, without those in the trash.
create table task_count (
  account_id uuid not null references account on delete restrict,
  -- Empty: none.
  category text not null check (char_length(category) <= 50),
  open int not null,
  completed int not null,
  primary key (account_id, category)
);

insert into task_count (account_id, category, open, completed)
select m.account_id, coalesce(t.category, ''), count(*) filter (where t.status <> 'completed'),
  count(*) filter (where t.status = 'completed')
from task_member m join task t on t.id = m.task_id
where t.deleted_at is null
group by 1, 2;

-- What somebody set out for, and which days do not break a streak.
create table analytics_preferences (
  account_id uuid primary key references account on delete restrict,
  daily_goal smallint check (daily_goal between 1 and 100),
  weekly_goal smallint check (weekly_goal between 1 and 500),
  -- 1 is Monday.
  days_off smallint[] not null default '{}' check (cardinality(days_off) <= 6),
  pauses jsonb not null default '[]' check (jsonb_typeof(pauses) = 'array' and jsonb_array_length(pauses) <= 20)
);
