-- Reminders about tasks, messages or nothing but words.
create table reminder (
  id uuid primary key,
  -- Who is reminded, and who created it.
  account_id uuid not null references account on delete restrict,
  created_by uuid not null references account on delete restrict,
  workspace_id uuid,
  task_id uuid references task on delete restrict,
  message_id uuid,
  -- Of the message; without one, where it is posted.
  conversation_id uuid,
  message text not null check (char_length(message) <= 500),
  type text not null check (type in ('email', 'push', 'both')),
  -- When it comes next, or came last.
  scheduled_at timestamptz,
  -- The wall-clock time of its creator to which it is tied, YYYY-MM-DDTHH:MM[:SS…], in `zone`.
  local_time text check (char_length(local_time) between 16 and 32),
  zone text not null check (char_length(zone) between 1 and 64),
  adjusted text check (adjusted in ('skipped', 'repeated')),
  -- How long before the due date of the task, as ISO 8601 says it.
  before text check (char_length(before) <= 20),
  recurrence_rule text check (char_length(recurrence_rule) between 1 and 500),
  -- The local time from which the rule counts.
  recurrence_start text check (char_length(recurrence_start) between 16 and 32),
  occurrence int not null default 1 check (occurrence >= 1),
  snoozed_until timestamptz,
  sent_at timestamptz,
  status text not null default 'open' check (status in ('open', 'done', 'withdrawn')),
  reason text check (reason in ('task_completed', 'task_deleted', 'no_access')),
  completed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1 check (version >= 1),
  check (before is null or task_id is not null),
  check (before is null or (local_time is null and recurrence_rule is null)),
  check (scheduled_at is not null or before is not null),
  check ((recurrence_rule is null) = (recurrence_start is null)),
  check (recurrence_rule is null or local_time is not null),
  check (task_id is null or conversation_id is null),
  check (message_id is null or conversation_id is not null),
  check ((status = 'done') = (completed_at is not null)),
  check ((status = 'withdrawn') = (reason is not null))
);

create index reminder_account on reminder (account_id, status, coalesce(scheduled_at, 'infinity'), id);
create index reminder_creator on reminder (created_by, status, coalesce(scheduled_at, 'infinity'), id);
create index reminder_task on reminder (task_id, id) where task_id is not null;
create index reminder_conversation on reminder (conversation_id, id) where conversation_id is not null;
create index reminder_workspace on reminder (workspace_id, account_id, id) where workspace_id is not null;
