-- A second proof at sign-in, forgotten passwords, accounts under attack, and an audit log that nobody rewrites.

-- Wrong passwords in a row; at 100 the password alone no longer lets anybody in, until a mailed link reopens it.
alter table account
  add column failed_sign_ins integer not null default 0,
  add column password_paused_at timestamptz,
  add constraint account_failed_sign_ins_check check (failed_sign_ins between 0 and 100);

alter table session drop constraint session_revoke_reason_check;
alter table session add constraint session_revoke_reason_check check (
  revoke_reason in ('sign_out', 'sign_out_all', 'revoked', 'token_reused', 'too_many', 'password_changed', 'deleted')
);

alter table email_code drop constraint email_code_purpose_check;
alter table email_code add constraint email_code_purpose_check check (
  purpose in ('verify_email', 'enable_two_factor', 'change_two_factor')
);

-- One row per account that has, or is setting up, a second factor.
create table two_factor (
  account_id uuid primary key references account (id) on delete cascade,
  -- The authenticator app's secret, sealed with a key that is not in the database.
  totp_sealed bytea,
  -- The last time step whose code was taken: no code counts twice.
  totp_last_step bigint not null default 0,
  totp_enabled_at timestamptz,
  email_enabled_at timestamptz,
  -- A secret that waits for its first code.
  pending_sealed bytea,
  pending_until timestamptz,
  failures integer not null default 0,
  failures_since timestamptz,

  constraint two_factor_sealed_check check (octet_length(totp_sealed) <= 256 and octet_length(pending_sealed) <= 256),
  constraint two_factor_totp_check check ((totp_sealed is null) = (totp_enabled_at is null)),
  constraint two_factor_pending_check check ((pending_sealed is null) = (pending_until is null)),
  constraint two_factor_failures_check check (failures between 0 and 5),
  constraint two_factor_failures_since_check check ((failures = 0) = (failures_since is null))
);

create table recovery_code (
  account_id uuid not null references account (id) on delete cascade,
  code_hash bytea not null,

  primary key (account_id, code_hash),
  constraint recovery_code_hash_check check (octet_length(code_hash) = 32)
);

-- A sign-in whose password was right and that waits for the second proof.
create table sign_in_challenge (
  id_hash bytea primary key,
  account_id uuid not null references account (id) on delete cascade,
  transport text not null,
  remember boolean not null,
  tries integer not null default 0,
  code_hash bytea,
  code_sent_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,

  constraint sign_in_challenge_hash_check check (octet_length(id_hash) = 32 and octet_length(code_hash) = 32),
  constraint sign_in_challenge_transport_check check (transport in ('token', 'cookie')),
  constraint sign_in_challenge_tries_check check (tries between 0 and 5),
  constraint sign_in_challenge_code_check check ((code_hash is null) = (code_sent_at is null)),
  constraint sign_in_challenge_lifetime_check check (expires_at > created_at)
);

create index sign_in_challenge_account_id_idx on sign_in_challenge (account_id);
create index sign_in_challenge_expires_at_idx on sign_in_challenge (expires_at);

-- Mailed links; at most one of a kind for an account.
create table account_link (
  account_id uuid not null references account (id) on delete cascade,
  purpose text not null,
  token_hash bytea not null,
  -- The job that made it: run again, it mails nothing again.
  job_id text,
  created_at timestamptz not null,
  expires_at timestamptz not null,

  primary key (account_id, purpose),
  constraint account_link_token_hash_key unique (token_hash),
  constraint account_link_purpose_check check (purpose in ('reset_password', 'reopen_sign_in')),
  constraint account_link_hash_check check (octet_length(token_hash) = 32),
  constraint account_link_job_id_check check (char_length(job_id) between 1 and 100),
  constraint account_link_lifetime_check check (expires_at > created_at)
);

alter table audit_log
  add column request_id text,
  add constraint audit_log_request_id_check check (char_length(request_id) between 1 and 100);

-- Append-only: rows are never changed, and go only when they are a year old.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.at < now() - interval '365 days' then
      return old;
    end if;
  end if;
  raise exception 'audit_log is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_audit_change();
create trigger audit_log_no_truncate before truncate on audit_log
  for each statement execute function refuse_audit_change();
