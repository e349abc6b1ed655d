-- The message that a draft is to become: sending another one leaves it alone.
alter table draft add column client_message_id uuid;
