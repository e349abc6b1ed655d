-- What outlives connections: the status that a person chose, and when they were last connected.
create table presence (
  account_id uuid primary key references account (id) on delete cascade,
  chosen text not null default 'online' check (chosen in ('online', 'away', 'dnd')),
  last_seen timestamptz
);

create index presence_last_seen on presence (last_seen);
