-- The delivery that a mail carries out: the person sees what became of it, and may send it again after a failure. It is
-- no foreign key, because mails and deliveries are forgotten at different times.
alter table mail add column delivery_id uuid;
create index mail_delivery on mail (delivery_id) where delivery_id is not null;
