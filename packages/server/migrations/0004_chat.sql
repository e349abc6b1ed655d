-- Conversations of every kind in one table.
create table conversation (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete restrict,
  kind text not null check (kind in ('channel', 'group', 'direct', 'support')),
  visibility text not null check (visibility in ('public', 'private')),
  name text check (char_length(name) between 1 and 80),
  topic text not null default '' check (char_length(topic) <= 250),
  -- The two people of a direct conversation, 'a:b' with a < b.
  direct_key text check (direct_key ~ '^[0-9a-f-]{36}:[0-9a-f-]{36}$'),
  -- Everyone who becomes a member of the workspace is put into it.
  auto_join boolean not null default false,
  archived_at timestamptz,
  created_by uuid references account on delete set null,
  created_at timestamptz not null,
  version int not null default 1 check (version >= 1),
  check ((kind = 'channel') <= (name is not null)),
  check ((kind = 'direct') = (direct_key is not null)),
  check (kind <> 'direct' or (name is null and archived_at is null)),
  check (visibility = 'private' or kind = 'channel'),
  check (not auto_join or visibility = 'public'),
  unique (direct_key, workspace_id)
);

create index conversation_workspace on conversation (workspace_id);
create unique index conversation_channel_name on conversation (workspace_id, lower(name)) where kind = 'channel';
create unique index conversation_auto_join on conversation (workspace_id) where auto_join;
create index conversation_created_by on conversation (created_by);

create table conversation_member (
  conversation_id uuid not null references conversation on delete restrict,
  account_id uuid not null references account on delete restrict,
  role text not null check (role in ('manager', 'member')),
  joined_at timestamptz not null,
  -- Positions in the conversation's stream.
  delivered_seq bigint not null default 0,
  read_seq bigint not null default 0,
  primary key (conversation_id, account_id),
  check (read_seq >= 0 and delivered_seq >= 0)
);

create index conversation_member_account on conversation_member (account_id);

-- No foreign keys: they would halve the rate of the hottest write. Whoever deletes a conversation deletes these too.
create table message (
  id uuid not null,
  conversation_id uuid not null,
  -- Its place in the conversation's stream.
  seq bigint not null check (seq >= 1),
  sender_id uuid not null,
  client_message_id uuid not null,
  type text not null check (type in ('text', 'image', 'file', 'system')),
  content text not null check (char_length(content) between 1 and 8000),
  reply_to uuid,
  created_at timestamptz not null,
  primary key (conversation_id, seq),
  unique (id),
  unique (conversation_id, sender_id, client_message_id)
);
