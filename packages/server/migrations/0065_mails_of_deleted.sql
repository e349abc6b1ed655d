-- Mails to somebody are deleted with their account. The last one, which says so, is deleted once it is sent or given up.
alter table mail add column deleted_when_done boolean not null default false;
create index mail_to_address on mail (to_address);
