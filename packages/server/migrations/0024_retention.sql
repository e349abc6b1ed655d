-- How many days messages are kept; null: for good. Where both are set, the shorter time counts.
alter table workspace add column retention_days int check (retention_days between 1 and 3650);
alter table conversation add column retention_days int check (retention_days between 1 and 3650);

-- When each periodic job is due again: whichever node asks first queues it.
create table periodic_job (
  name text primary key check (length(name) <= 64),
  due_at timestamptz not null
);
