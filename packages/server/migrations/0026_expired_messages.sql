-- Up to where the messages of a conversation were kept long enough. What is left there are those that later ones reply to:
-- they keep their place and say nothing.
alter table conversation add column expired_seq bigint not null default 0 check (expired_seq >= 0);
