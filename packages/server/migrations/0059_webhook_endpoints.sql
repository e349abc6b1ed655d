-- Outgoing webhooks: servers that are sent what happens in a workspace.
create table webhook_endpoint (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete cascade,
  url text not null check (char_length(url) between 1 and 2048),
  description text not null check (char_length(description) <= 200),
  event_types text[] not null check (cardinality(event_types) between 1 and 100),
  enabled boolean not null,
  -- Why it was disabled, where no admin did it.
  disabled_because text check (disabled_because in ('gone', 'failing')),
  -- Sealed with the data key. The old secret signs too until then.
  secret bytea not null check (octet_length(secret) <= 200),
  old_secret bytea check (octet_length(old_secret) <= 200),
  old_secret_until timestamptz,
  created_by uuid references account on delete set null,
  created_at timestamptz not null,
  last_success_at timestamptz,
  failing_since timestamptz,
  -- It is not tried before that.
  next_at timestamptz not null default now(),
  -- When its streams were last listed: new ones are found so.
  listed_at timestamptz not null default '-infinity',
  -- The node that sends to it, until then. No other does.
  claim uuid,
  claimed_until timestamptz,
  -- Changes with everything that makes what its sender has read of it wrong.
  revision int not null default 0,
  check ((old_secret is null) = (old_secret_until is null)),
  check (not enabled or disabled_because is null)
);

create index webhook_endpoint_workspace on webhook_endpoint (workspace_id, id);
create index webhook_endpoint_created_by on webhook_endpoint (created_by);

-- The private conversations whose events an endpoint is sent, while whoever named them is in there.
create table webhook_endpoint_conversation (
  endpoint_id uuid not null references webhook_endpoint on delete cascade,
  conversation_id uuid not null references conversation on delete cascade,
  named_by uuid not null references account on delete cascade,
  primary key (endpoint_id, conversation_id)
);

create index webhook_endpoint_conversation_conversation on webhook_endpoint_conversation (conversation_id);
create index webhook_endpoint_conversation_named_by on webhook_endpoint_conversation (named_by);

-- Up to where an endpoint's deliveries were made from each stream.
create table webhook_endpoint_position (
  endpoint_id uuid not null references webhook_endpoint on delete cascade,
  stream text not null check (char_length(stream) <= 64),
  seq bigint not null,
  primary key (endpoint_id, stream)
);

create sequence webhook_delivery_ordinal;

-- One event for one endpoint.
create table webhook_delivery (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoint on delete cascade,
  -- The order in which they are sent.
  ordinal bigint not null default nextval('webhook_delivery_ordinal'),
  stream text not null check (char_length(stream) <= 64),
  seq bigint not null,
  type text not null check (char_length(type) <= 64),
  occurred_at timestamptz not null,
  -- The exact bytes, only while it waits: the log of deliveries keeps no content.
  body text,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  attempts int not null default 0,
  last_attempt_at timestamptz,
  status int,
  answer text check (char_length(answer) <= 500),
  duration_ms int,
  settled_at timestamptz,
  check ((body is not null) = (state = 'waiting')),
  check ((settled_at is null) = (state = 'waiting'))
);

create index webhook_delivery_endpoint on webhook_delivery (endpoint_id, ordinal);
create index webhook_delivery_waiting on webhook_delivery (endpoint_id, ordinal) where state = 'waiting';
create index webhook_delivery_failed on webhook_delivery (endpoint_id, ordinal) where state = 'failed';
create index webhook_delivery_settled on webhook_delivery using brin (settled_at);
