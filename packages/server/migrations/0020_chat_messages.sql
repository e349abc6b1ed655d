-- What can become of a message after it was sent, and what people keep of it. No foreign keys to `message`, which has
-- none of its own either: whoever removes messages removes these rows too.

-- New columns are null on a plain message, so that the hottest write stays what it is.
alter table message
  add column edited_at timestamptz,
  add column deleted_at timestamptz,
  add column version int not null default 1,
  -- The message that began the thread; null outside of threads and on that message itself.
  add column thread_id uuid,
  -- On the message that began a thread: replies, the last one's time and place, the latest people.
  add column thread jsonb,
  -- {emoji: [account, …]}
  add column reactions jsonb,
  -- Those who were named, as they were called then.
  add column mentions uuid[],
  add column mention_scope text check (mention_scope in ('here', 'channel')),
  drop constraint message_content_check,
  -- A deleted message keeps its place and says nothing.
  add constraint message_content_check check (
    case when deleted_at is null then char_length(content) between 1 and 8000 else content = '' and reactions is null end
  );

create index message_thread on message (thread_id, seq) where thread_id is not null;

-- Answers that were there before threads: the thread is that of the first message of the chain.
with recursive chain as (
  select id, id as root from message where reply_to is null and id in (select reply_to from message)
  union all
  select m.id, c.root from message m join chain c on m.reply_to = c.id
)
update message m set thread_id = c.root from chain c where m.id = c.id and m.id <> c.root;

update message m set thread = t.thread from (
  select r.thread_id, jsonb_build_object(
    'replyCount', count(*), 'lastReplySeq', max(r.seq),
    'lastReplyAt', to_char(max(r.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'participants', (array_agg(distinct r.sender_id))[:5]
  ) as thread
  from message r where r.thread_id is not null group by r.thread_id
) t where m.id = t.thread_id;

-- What messages said before.
create table message_revision (
  message_id uuid not null,
  -- The version that this was.
  version int not null check (version >= 1),
  content text not null check (char_length(content) between 1 and 8000),
  action text not null check (action in ('edited', 'deleted')),
  changed_by uuid not null references account on delete restrict,
  changed_at timestamptz not null,
  primary key (message_id, version)
);

create index message_revision_changed_by on message_revision (changed_by);

-- Who was mentioned where, one row each, also by @channel: whoever comes later was not.
create table mention (
  account_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  primary key (account_id, conversation_id, seq)
);

create index mention_conversation on mention (conversation_id, seq);

-- Where people stand in threads. A row that does not follow remembers that someone chose not to.
create table thread_follower (
  thread_id uuid not null,
  account_id uuid not null references account on delete restrict,
  conversation_id uuid not null references conversation on delete restrict,
  following boolean not null,
  read_seq bigint not null check (read_seq >= 0),
  -- The same on all rows of a thread, so that people find their threads without reading the messages; null: no reply.
  last_reply_seq bigint,
  last_reply_at timestamptz,
  primary key (thread_id, account_id)
);

create index thread_follower_account on thread_follower (account_id, conversation_id);
create index thread_follower_latest on thread_follower (account_id, last_reply_at desc, thread_id desc)
  where following and last_reply_at is not null;
create index thread_follower_conversation on thread_follower (conversation_id);

create table pin (
  conversation_id uuid not null references conversation on delete restrict,
  message_id uuid not null,
  pinned_by uuid not null references account on delete restrict,
  pinned_at timestamptz not null,
  primary key (conversation_id, message_id)
);

create index pin_pinned_by on pin (pinned_by);

create table saved_message (
  account_id uuid not null references account on delete restrict,
  message_id uuid not null,
  conversation_id uuid not null references conversation on delete restrict,
  saved_at timestamptz not null,
  primary key (account_id, message_id)
);

create index saved_message_latest on saved_message (account_id, saved_at desc, message_id desc);
create index saved_message_place on saved_message (account_id, conversation_id);
create index saved_message_conversation on saved_message (conversation_id);
create index saved_message_message on saved_message (message_id);

-- What someone has begun to write: one draft for each conversation, and one for each thread in it.
create table draft (
  account_id uuid not null references account on delete restrict,
  conversation_id uuid not null references conversation on delete restrict,
  thread_id uuid,
  content text not null check (char_length(content) between 1 and 8000),
  updated_at timestamptz not null,
  unique nulls not distinct (account_id, conversation_id, thread_id)
);

create index draft_conversation on draft (conversation_id);
