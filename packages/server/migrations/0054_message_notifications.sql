-- Somebody wants to be notified of every message of the conversation.
alter table conversation add column is_watched boolean not null default false;

-- Reading a thread reads the notifications about its replies.
alter table notification add column thread_id uuid;

-- Reading a conversation looks here for what it reads.
create index notification_unread_message on notification (conversation_id, account_id)
  where read_at is null and message_seq is not null;
-- A message that is edited or deleted looks here for what quotes it.
create index notification_message on notification (message_id) where message_id is not null;
