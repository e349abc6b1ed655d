create table task (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete restrict,
  -- One level: a sub-task has none of its own, which the program sees to behind a lock on both.
  parent_id uuid references task on delete restrict,
  title text not null check (char_length(title) between 3 and 200),
  description text not null default '' check (char_length(description) <= 10000),
  status text not null check (status in ('todo', 'in-progress', 'completed')),
  -- 1 low, 2 medium, 3 high: ordered as people order them.
  priority smallint not null check (priority between 1 and 3),
  category text check (char_length(category) between 1 and 50),
  link text check (char_length(link) <= 2000),
  due_at timestamptz,
  due_on date,
  -- When it sorts as due: a day without a time at its end in UTC; nothing due comes last.
  due_key timestamptz not null,
  visibility text not null check (visibility in ('workspace', 'members')),
  -- Manual order within the workspace, the same in all columns of the board.
  rank text collate "C" not null check (char_length(rank) between 1 and 500),
  recurrence_rule text check (char_length(recurrence_rule) between 1 and 500),
  recurrence_from text check (recurrence_from in ('due', 'completion')),
  recurrence_zone text check (char_length(recurrence_zone) between 1 and 64),
  -- The local date, or date and time, from which the rule counts.
  recurrence_start text check (char_length(recurrence_start) <= 32),
  occurrence int not null default 1 check (occurrence >= 1),
  -- The next occurrence once it is planned: kept when the task is reopened, so that it is planned only once.
  next_id uuid,
  source_conversation_id uuid,
  source_message_id uuid,
  comment_count int not null default 0 check (comment_count >= 0),
  owner_id uuid references account on delete restrict,
  created_by uuid not null references account on delete restrict,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  completed_at timestamptz,
  completed_by uuid references account on delete restrict,
  deleted_at timestamptz,
  deleted_by uuid references account on delete restrict,
  -- Title and description as searches compare them, and all threes of neighbouring characters of that.
  search_text text not null default '',
  grams text[] not null default '{}',
  version int not null default 1 check (version >= 1),
  check (due_at is null or due_on is null),
  check (due_key = coalesce(due_at, (due_on + 1)::timestamp at time zone 'UTC', 'infinity'::timestamptz)),
  check ((recurrence_rule is null) = (recurrence_from is null)),
  check ((recurrence_rule is null) = (recurrence_zone is null)),
  check ((recurrence_rule is null) = (recurrence_start is null)),
  check ((status = 'completed') = (completed_at is not null)),
  check ((source_message_id is null) = (source_conversation_id is null)),
  check (parent_id <> id),
  unique (workspace_id, rank)
);

create index task_due on task (workspace_id, due_key, id) where deleted_at is null;
create index task_created on task (workspace_id, id desc) where deleted_at is null;
create index task_priority on task (workspace_id, priority desc, id desc) where deleted_at is null;
create index task_title on task (workspace_id, lower(title) collate "C", id) where deleted_at is null;
create index task_column on task (workspace_id, status, rank) where deleted_at is null;
create index task_trash on task (workspace_id, id) where deleted_at is not null;
create index task_expiry on task (deleted_at, id) where deleted_at is not null;
create index task_parent on task (parent_id) where parent_id is not null;
create index task_source on task (source_message_id) where source_message_id is not null;
create index task_created_by on task (created_by, workspace_id);
create index task_owner on task (owner_id, workspace_id);
create index task_completed_by on task (completed_by);
create index task_deleted_by on task (deleted_by);
create index task_grams on task using gin (grams) with (gin_pending_list_limit = 512);

create table task_member (
  task_id uuid not null references task on delete restrict,
  account_id uuid not null references account on delete restrict,
  -- Of the task, for lists of one person's tasks in one workspace.
  workspace_id uuid not null,
  joined_at timestamptz not null,
  primary key (task_id, account_id)
);

create index task_member_account on task_member (account_id, workspace_id, task_id);

create table task_comment (
  id uuid primary key,
  task_id uuid not null references task on delete restrict,
  author_id uuid not null references account on delete restrict,
  content text not null check (char_length(content) between 1 and 5000),
  mentions uuid[] not null default '{}',
  created_at timestamptz not null,
  edited_at timestamptz
);

create index task_comment_task on task_comment (task_id, id);
create index task_comment_author on task_comment (author_id);

-- Who changed what, from what to what.
create table task_activity (
  id uuid primary key,
  task_id uuid not null references task on delete restrict,
  actor_id uuid references account on delete restrict,
  at timestamptz not null,
  field text not null check (char_length(field) <= 40),
  before jsonb,
  after jsonb
);

create index task_activity_task on task_activity (task_id, id);
create index task_activity_actor on task_activity (actor_id);

create table label (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete restrict,
  name text not null check (char_length(name) between 1 and 50),
  color text not null check (color ~ '^#[0-9a-f]{6}$')
);

create unique index label_name on label (workspace_id, lower(name));

create table task_label (
  task_id uuid not null references task on delete restrict,
  label_id uuid not null references label on delete restrict,
  primary key (task_id, label_id)
);

create index task_label_label on task_label (label_id, task_id);

-- What members of a task are in its workspace; who has left that is missing.
create view task_member_role as
select m.task_id, m.account_id, m.workspace_id, m.joined_at, w.role
from task_member m
join membership w on w.workspace_id = m.workspace_id and w.account_id = m.account_id;

-- Who is in the workspace of a task, and as what.
create view task_viewer as
select t.id as task_id, t.visibility, t.deleted_at, w.account_id as viewer_id, w.role
from task t
join membership w on w.workspace_id = t.workspace_id;

-- Who is a member of the same task as whom, by workspace: guests and customers see of a workspace only those with whom
-- they share something.
create view shared_task as
select t.workspace_id, t.id as task_id, mine.account_id as viewer_id, theirs.account_id as other_id
from task_member mine
join task_member theirs on theirs.task_id = mine.task_id
join task t on t.id = mine.task_id
where t.deleted_at is null;
