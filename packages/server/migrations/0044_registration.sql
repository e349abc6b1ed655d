alter table instance_setting
  -- Who may make an account, after the first.
  add column registration text not null default 'open'
    constraint instance_setting_registration_check check (registration in ('open', 'invited', 'closed')),
  -- Set while the first account is made through the link that the server shows: SHA-256 of its token.
  add column setup_token_hash bytea;
