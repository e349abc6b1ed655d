-- What people are told about.
create table notification (
  id uuid primary key,
  account_id uuid not null references account on delete restrict,
  type text not null check (char_length(type) <= 20),
  cause text not null check (char_length(cause) <= 40),
  title text not null check (char_length(title) between 1 and 200),
  body text not null check (char_length(body) <= 500),
  link text check (char_length(link) <= 300),
  workspace_id uuid,
  conversation_id uuid,
  message_id uuid,
  -- Position of the message: read up to there, it is read.
  message_seq bigint,
  task_id uuid,
  -- Who caused it, most recent first.
  actor_ids uuid[] not null check (cardinality(actor_ids) <= 20),
  count int not null default 1 check (count >= 1),
  -- Events of one key are one notification until that is read.
  group_key text check (char_length(group_key) <= 100),
  -- False where the person wants mails or push messages of this type only.
  shown boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  read_at timestamptz
);

create index notification_list on notification (account_id, updated_at desc, id desc) where shown;
create index notification_unread on notification (account_id) where shown and read_at is null;
create unique index notification_group on notification (account_id, group_key)
  where read_at is null and group_key is not null;
create index notification_conversation on notification (conversation_id, account_id) where conversation_id is not null;
create index notification_workspace on notification (workspace_id, account_id) where workspace_id is not null;
create index notification_task on notification (task_id) where task_id is not null;
create index notification_read on notification (read_at) where read_at is not null;

-- Why someone was told of an event, or was not: by channel.
create table notification_decision (
  id uuid primary key,
  account_id uuid not null references account on delete restrict,
  at timestamptz not null,
  type text not null check (char_length(type) <= 20),
  cause text not null check (char_length(cause) <= 40),
  notification_id uuid,
  -- Which event of the notification, as its deliveries are named.
  occurrence text not null check (char_length(occurrence) <= 64),
  workspace_id uuid,
  conversation_id uuid,
  task_id uuid,
  channels jsonb not null check (jsonb_typeof(channels) = 'array' and octet_length(channels::text) <= 1000)
);

create index notification_decision_account on notification_decision (account_id, id desc);
create index notification_decision_of on notification_decision (notification_id) where notification_id is not null;
create index notification_decision_at on notification_decision (at);

create table notification_settings (
  account_id uuid primary key references account on delete restrict,
  -- What differs from the defaults.
  changes jsonb not null check (jsonb_typeof(changes) = 'object' and octet_length(changes::text) <= 10000)
);

create table conversation_notifications (
  account_id uuid not null references account on delete restrict,
  conversation_id uuid not null,
  level text not null check (level in ('all', 'mentions', 'nothing')),
  until timestamptz,
  primary key (account_id, conversation_id)
);

create index conversation_notifications_conversation on conversation_notifications (conversation_id);

-- Devices that get push messages.
create table push_subscription (
  id uuid primary key,
  account_id uuid not null references account on delete restrict,
  endpoint text not null check (char_length(endpoint) between 10 and 1000),
  -- The key and the secret of the device, for RFC 8291: what it is sent, only it can read.
  p256dh text not null check (char_length(p256dh) between 80 and 100),
  auth text not null check (char_length(auth) between 16 and 40),
  device text not null check (char_length(device) <= 100),
  created_at timestamptz not null,
  last_sent_at timestamptz,
  -- The words of the push service at the last failure.
  error text check (char_length(error) <= 500)
);

-- Who signs in on a device takes its endpoint over.
create unique index push_subscription_endpoint on push_subscription (md5(endpoint));
create index push_subscription_account on push_subscription (account_id, id);

-- Mails are tried again while they are of use; those without secrets keep their words, to be sent again by hand.
alter table mail
  add column useful_until timestamptz not null default now() + interval '1 day',
  add column next_at timestamptz not null default now(),
  add column keeps_text boolean not null default false,
  add column unsubscribe_url text check (char_length(unsubscribe_url) <= 500);
alter table mail alter column useful_until drop default;

create index mail_state on mail (state, id desc);
