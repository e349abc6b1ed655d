-- Incoming webhooks: an address with a secret that posts into one conversation.
create table webhook (
  id uuid primary key,
  conversation_id uuid not null references conversation on delete cascade,
  name text not null check (char_length(name) between 1 and 80),
  avatar text check (char_length(avatar) <= 2048),
  -- SHA-256; the secret itself is shown once and kept nowhere.
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  enabled boolean not null default true,
  created_by uuid references account on delete set null,
  created_at timestamptz not null,
  last_used_at timestamptz
);

create index webhook_conversation on webhook (conversation_id, id);
create index webhook_created_by on webhook (created_by);

-- What spoke, where it was not a person; the sender is the webhook then.
alter table message add column via jsonb check (jsonb_typeof(via) = 'object' and octet_length(via::text) <= 4096);
