-- The last local day of which somebody had the digest, or had nothing due: no day has two, whatever becomes of their zone.
create table morning_digest (
  account_id uuid primary key references account on delete restrict,
  last_on date not null
);
