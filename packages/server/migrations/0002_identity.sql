-- People, where they are signed in, the codes mailed to them, the instance's settings, and who did what.

create table account (
  id uuid primary key,
  email text not null,
  email_verified_at timestamptz,
  password_hash text,
  name text not null,
  username text,
  avatar text,
  role text not null default 'user',
  timezone text not null default 'UTC',
  locale text not null default 'en',
  preferences jsonb not null default '{}',
  -- Part of every access token; raising it ends them all.
  token_version integer not null default 1,
  version integer not null default 1,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),

  -- Stored in lower case only, so that uniqueness does not depend on how an address is written.
  constraint account_email_key unique (email),
  constraint account_username_key unique (username),
  constraint account_email_check check (email = lower(email collate "C") and char_length(email) between 3 and 254),
  constraint account_username_check check (username collate "C" ~ '^[a-z0-9][a-z0-9._-]{1,28}[a-z0-9]$'),
  constraint account_password_hash_check check (char_length(password_hash) between 1 and 255),
  -- Characters here, UTF-16 units in the contract: one emoji is two of those.
  constraint account_name_check check (char_length(name) between 1 and 100),
  constraint account_avatar_check check (char_length(avatar) <= 2048),
  constraint account_role_check check (role in ('user', 'admin')),
  constraint account_timezone_check check (char_length(timezone) between 1 and 64),
  constraint account_locale_check check (char_length(locale) between 2 and 35),
  constraint account_preferences_check check (
    jsonb_typeof(preferences) = 'object' and octet_length(preferences::text) <= 4096
  ),
  constraint account_token_version_check check (token_version >= 1),
  constraint account_version_check check (version >= 1)
);

-- One row per device that signed in. A refresh token has two secret parts: the family's, which stays, finds the row;
-- the whole token's hash says whether it is the current one, the one before, or long spent.
create table session (
  id uuid primary key,
  account_id uuid not null references account (id) on delete cascade,
  family_hash bytea not null,
  token_hash bytea not null,
  previous_hash bytea,
  -- The current token, encrypted with a key made from the previous one: a parallel request gets the same answer.
  sealed_token bytea,
  rotated_at timestamptz,
  remember boolean not null,
  device text not null,
  ip text not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text,

  constraint session_family_hash_key unique (family_hash),
  constraint session_hash_check check (
    octet_length(family_hash) = 32 and octet_length(token_hash) = 32 and octet_length(previous_hash) = 32
  ),
  constraint session_rotation_check check (
    (previous_hash is null) = (rotated_at is null) and (previous_hash is null) = (sealed_token is null)
  ),
  constraint session_sealed_token_check check (octet_length(sealed_token) <= 256),
  constraint session_device_check check (char_length(device) between 1 and 200),
  constraint session_ip_check check (char_length(ip) <= 64),
  constraint session_lifetime_check check (
    expires_at > created_at and expires_at <= created_at + interval '2160 hours'
  ),
  constraint session_revoked_check check ((revoked_at is null) = (revoke_reason is null)),
  constraint session_revoke_reason_check check (
    revoke_reason in ('sign_out', 'sign_out_all', 'revoked', 'token_reused', 'too_many')
  )
);

create index session_account_id_idx on session (account_id, last_used_at desc);

-- At most one live code per account and purpose: a new one replaces the older.
create table email_code (
  account_id uuid not null references account (id) on delete cascade,
  purpose text not null,
  code_hash bytea not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,

  primary key (account_id, purpose),
  constraint email_code_purpose_check check (purpose in ('verify_email')),
  constraint email_code_hash_check check (octet_length(code_hash) = 32),
  constraint email_code_tries_check check (tries between 0 and 5),
  constraint email_code_lifetime_check check (expires_at > created_at)
);

-- One row, always.
create table instance_setting (
  only_row boolean primary key default true,
  unverified_may text not null default 'everything',
  -- Set by the first registration, which becomes instance admin; the row's lock decides who was first.
  first_account_at timestamptz,

  constraint instance_setting_only_row_check check (only_row),
  constraint instance_setting_unverified_may_check check (unverified_may in ('everything', 'read', 'nothing'))
);

insert into instance_setting default values;

-- Who did what, for the instance's admins. No foreign keys: it outlives the people and things that it names.
create table audit_log (
  id uuid primary key,
  at timestamptz not null default now(),
  kind text not null,
  actor_id uuid,
  target_id uuid,
  ip text not null,
  user_agent text not null,
  details jsonb not null default '{}',

  constraint audit_log_kind_check check (kind collate "C" ~ '^[a-z][a-z_]{1,62}[a-z]$'),
  constraint audit_log_ip_check check (char_length(ip) <= 64),
  constraint audit_log_user_agent_check check (char_length(user_agent) <= 200),
  constraint audit_log_details_check check (
    jsonb_typeof(details) = 'object' and octet_length(details::text) <= 4096
  )
);

create index audit_log_at_idx on audit_log (at);
create index audit_log_actor_id_idx on audit_log (actor_id, at) where actor_id is not null;
create index audit_log_target_id_idx on audit_log (target_id, at) where target_id is not null;
