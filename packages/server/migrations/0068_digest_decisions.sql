-- The delivery that a decision is about where no notification stands between them, as with the morning digest. It is no
-- foreign key, because decisions and deliveries are forgotten at different times.
alter table notification_decision add column delivery_id uuid;
