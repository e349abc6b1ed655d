-- A file, and where it belongs: to a task, to a message, or for now to nobody but whoever uploaded it. Its bytes are in the
-- storage under its id.
create table attachment (
  id uuid primary key,
  -- Its quota counts the file. No foreign keys to workspaces and conversations: what was in one that is gone is cleared
  -- by a job.
  workspace_id uuid not null,
  uploader_id uuid not null references account on delete restrict,
  -- The upload that it came with, and its place among the files of it.
  upload_id uuid not null,
  position smallint not null check (position between 0 and 9),
  -- Whether the bytes are in the storage. Until then nobody is shown the file.
  stored boolean not null default false,
  filename text not null check (char_length(filename) between 1 and 255),
  type text not null check (char_length(type) between 3 and 100),
  bytes int not null check (bytes between 0 and 10485760 * 4),
  original_bytes int not null check (original_bytes between 0 and 10485760),
  -- Of a picture.
  width int check (width between 1 and 1000000),
  height int check (height between 1 and 1000000),
  placeholder text check (char_length(placeholder) between 1 and 100),
  thumbnail_bytes int check (thumbnail_bytes > 0),
  task_id uuid references task on delete restrict,
  conversation_id uuid,
  message_id uuid,
  created_at timestamptz not null,
  unique (uploader_id, upload_id, position),
  check (num_nulls(width, height, placeholder, thumbnail_bytes) in (0, 4)),
  check ((message_id is null) = (conversation_id is null)),
  check (task_id is null or message_id is null),
  check (stored or (task_id is null and message_id is null))
);

create index attachment_task on attachment (task_id, id desc) where task_id is not null;
create index attachment_message on attachment (message_id) where message_id is not null;
create index attachment_conversation on attachment (conversation_id, id desc) where conversation_id is not null;
create index attachment_workspace on attachment (workspace_id, id desc);
create index attachment_uploader on attachment (uploader_id, id);
create index attachment_unused on attachment (created_at) where task_id is null and message_id is null;

-- What the files of a workspace take: always the sum of its rows.
create table file_usage (
  workspace_id uuid primary key,
  files int not null check (files >= 0),
  bytes bigint not null check (bytes >= 0)
);

create function add_file_usage() returns trigger language plpgsql as $$
begin
  insert into file_usage as u (workspace_id, files, bytes)
  select workspace_id, count(*), sum(bytes) from changed group by workspace_id order by workspace_id
  on conflict (workspace_id) do update set files = u.files + excluded.files, bytes = u.bytes + excluded.bytes;
  return null;
end
$$;

create function take_file_usage() returns trigger language plpgsql as $$
begin
  update file_usage u set files = u.files - gone.files, bytes = u.bytes - gone.bytes
  from (select workspace_id, count(*) as files, sum(bytes) as bytes from changed group by 1 order by 1) gone
  where u.workspace_id = gone.workspace_id;
  return null;
end
$$;

create trigger attachment_counts after insert on attachment referencing new table as changed
  for each statement execute function add_file_usage();
create trigger attachment_counts_no_more after delete on attachment referencing old table as changed
  for each statement execute function take_file_usage();

-- The bytes and the workspace of a file do not change.
create trigger attachment_is_fixed before update of workspace_id, bytes on attachment for each row
  when (new.workspace_id <> old.workspace_id or new.bytes <> old.bytes) execute function refuse_row();

-- Objects of which the row is gone: whatever deletes rows, a job deletes the bytes.
create table removed_object (
  attachment_id uuid primary key,
  removed_at timestamptz not null default now()
);

create function queue_removed_objects() returns trigger language plpgsql as $$
begin
  insert into removed_object (attachment_id) select id from changed;
  return null;
end
$$;

create trigger attachment_leaves_object after delete on attachment referencing old table as changed
  for each statement execute function queue_removed_objects();

-- Workspaces and conversations that are gone and may have left files.
create table file_clearing (
  place_id uuid primary key,
  kind text not null check (kind in ('workspace', 'conversation')),
  removed_at timestamptz not null default now()
);
