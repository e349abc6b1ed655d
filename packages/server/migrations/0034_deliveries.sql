-- The delivery ledger: everything that is to reach a person at a time, once for each channel. A row is written in the
-- transaction of the change that wants it, and settled when it was delivered or cannot be.
create table delivery (
  id uuid primary key,
  account_id uuid not null references account on delete restrict,
  kind text not null check (char_length(kind) between 1 and 40),
  -- What it is about: a reminder, a task, a notification.
  subject uuid not null,
  -- Which of several of the same kind about the same subject, such as an instant or a local date.
  occurrence text not null check (char_length(occurrence) between 1 and 64),
  channel text not null check (channel in ('app', 'mail', 'push', 'chat')),
  state text not null default 'planned'
    check (state in ('planned', 'claimed', 'sent', 'failed', 'withdrawn', 'unknown')),
  due_at timestamptz not null,
  -- When it is tried next: due_at, later after a failure.
  next_at timestamptz not null,
  -- From then on it is of no use.
  useful_until timestamptz not null,
  attempts int not null default 0 check (attempts >= 0),
  -- Who has it: a node's claim, which ends by itself if the node dies.
  claim uuid,
  claimed_until timestamptz,
  -- When its effect outside of the database began: unknown if the node dies after that.
  began_at timestamptz,
  -- Why it is in this state, or why the last attempt failed.
  reason text check (char_length(reason) <= 500),
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  unique (subject, kind, account_id, occurrence, channel),
  check (useful_until >= due_at),
  check ((state = 'claimed') = (claim is not null)),
  check ((claim is null) = (claimed_until is null)),
  check ((state in ('planned', 'claimed')) = (settled_at is null))
);

-- The sweep reads the first few of these, however many are planned for later.
create index delivery_due on delivery (next_at, id) where state = 'planned';
create index delivery_claimed on delivery (claimed_until) where state = 'claimed';
create index delivery_account on delivery (account_id, created_at desc, id desc);
create index delivery_settled on delivery (settled_at) where settled_at is not null;
