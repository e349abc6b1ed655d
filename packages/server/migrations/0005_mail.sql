-- Mails that the program sends, one recipient each. The job carries only the id; the text, which may hold a code, is
-- cleared as soon as the mail has been sent or given up (the development mailbox keeps it).
create table mail (
  id uuid primary key,
  to_name text not null check (length(to_name) <= 200 and to_name !~ '[\r\n]'),
  to_address text not null check (length(to_address) between 3 and 254 and to_address !~ '[[:space:],;<>]'),
  subject text not null check (length(subject) between 1 and 200 and subject !~ '[\r\n]'),
  text text not null check (length(text) <= 20000),
  html text not null check (length(html) <= 100000),
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  claimed_until timestamptz,
  error text check (length(error) <= 500),
  -- Settled by the first try and the same ever after, so that a repeated delivery can be recognised.
  message_id text unique check (length(message_id) <= 320 and message_id !~ '[[:space:]]'),
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  check ((state = 'sent') = (sent_at is not null)),
  check (state = 'queued' or claimed_until is null)
);

create index mail_created_at on mail (created_at desc, id desc);
create index mail_queued on mail (created_at) where state = 'queued';
