-- What is gone for everyone at once, and cleared away a bite at a time afterwards: millions of rows in one statement would
-- hold up everybody, and not come to an end.
create table removed_stream (
  name text primary key check (length(name) <= 64),
  removed_at timestamptz not null default now()
);

create table removed_conversation (
  id uuid primary key,
  removed_at timestamptz not null default now()
);

-- These rows outlive their conversation for a while. None are added: whoever adds one holds the conversation, and looks.
alter table pin drop constraint pin_conversation_id_fkey;
alter table saved_message drop constraint saved_message_conversation_id_fkey;
alter table draft drop constraint draft_conversation_id_fkey;
alter table thread_follower drop constraint thread_follower_conversation_id_fkey;
