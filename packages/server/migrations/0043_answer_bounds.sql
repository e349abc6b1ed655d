alter table idempotency
  -- The answer was large: only its id is kept, and the thing is read again when the command is repeated.
  add column reference boolean not null default false,
  add column bytes int not null default 0 check (bytes >= 0);

-- What one account keeps is bounded; the oldest go first.
create index idempotency_account on idempotency (account_id, created_at);
