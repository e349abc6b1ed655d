-- What is counted of the messages of a workspace. Nothing of it is written when a message is sent: a job reads the messages
-- after the position up to which it has counted, so that sending costs the same as before.

-- Messages that were sent in a quarter of an hour. The days of every time zone begin with one.
create table message_count (
  workspace_id uuid not null references workspace on delete restrict,
  -- When the quarter begins.
  at timestamptz not null,
  messages int not null check (messages >= 1),
  primary key (workspace_id, at)
);

-- Who sent messages on a day by UTC, and in which of its quarters of an hour: one bit each, the first one for midnight.
create table message_sender (
  workspace_id uuid not null references workspace on delete restrict,
  day date not null,
  account_id uuid not null references account on delete restrict,
  quarters bit(96) not null,
  primary key (workspace_id, day, account_id)
);

create index message_sender_account on message_sender (account_id);

-- Up to which number the messages of a conversation are counted.
create table message_count_position (
  stream text primary key check (length(stream) <= 64),
  seq bigint not null check (seq >= 0)
);
