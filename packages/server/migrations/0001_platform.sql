-- The log of durable events: one row per stream with its last number, one row per event.
create table stream (
  name text primary key check (length(name) <= 64),
  seq bigint not null default 0,
  -- Events up to here have been pruned.
  floor bigint not null default 0,
  -- The head when someone last entered or left the audience: lets a writer check what it remembers of the members.
  audience_seq bigint not null default 0,
  check (floor <= seq and audience_seq <= seq)
) with (fillfactor = 60);

create table event (
  stream text not null,
  seq bigint not null,
  type text not null check (length(type) <= 64),
  actor_id uuid,
  body json not null,
  effect json,
  at timestamptz not null default now(),
  primary key (stream, seq)
);

-- Pruning goes by age; rows arrive in that order, so a few pages of summary are enough.
create index event_at on event using brin (at);

-- The answer of each command, stored with what it changed.
create table idempotency (
  account_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  operation text not null,
  input_hash bytea not null,
  answer json not null,
  created_at timestamptz not null default now(),
  primary key (account_id, key)
);

create index idempotency_created_at on idempotency using brin (created_at);

-- One row: what is true of the whole database.
create table instance (
  singleton boolean primary key default true check (singleton),
  -- Changes when a backup is restored: every client then starts over.
  epoch uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);

insert into instance default values;
