-- Programs: tokens that act for an account, and accounts of their own.

alter table account
  alter column email drop not null,
  add column is_bot boolean not null default false,
  add column deleted_at timestamptz,
  -- Bots never have an address; people lose theirs with the account.
  add constraint account_email_presence_check check ((email is null) = (is_bot or deleted_at is not null)),
  -- A bot can neither sign in nor run the instance.
  add constraint account_bot_check check (
    not is_bot or (password_hash is null and email_verified_at is null and role = 'user')
  ),
  -- Of a deleted account nothing is left but its number.
  add constraint account_deleted_check check (
    deleted_at is null
    or (disabled_at is not null and password_hash is null and username is null and avatar is null and role = 'user')
  );

create table api_token (
  id uuid primary key,
  account_id uuid not null references account (id) on delete cascade,
  name text not null,
  -- How the secret begins; the rest is known by its hash alone.
  prefix text not null,
  token_hash bytea not null,
  scopes text[] not null,
  -- Of a bot's token: the person who made it.
  created_by uuid references account (id) on delete set null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz not null,

  constraint api_token_hash_key unique (token_hash),
  constraint api_token_name_check check (char_length(name) between 1 and 100),
  constraint api_token_prefix_check check (char_length(prefix) between 4 and 16),
  constraint api_token_hash_check check (octet_length(token_hash) = 32),
  constraint api_token_scopes_check check (
    cardinality(scopes) between 1 and 3 and scopes <@ array['read', 'write', 'admin']
  ),
  constraint api_token_lifetime_check check (
    expires_at > created_at and expires_at <= created_at + interval '8784 hours'
  )
);

create index api_token_account_id_idx on api_token (account_id, id);
create index api_token_created_by_idx on api_token (created_by);
