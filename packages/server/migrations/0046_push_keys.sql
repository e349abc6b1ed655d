-- A device's subscription belongs to the key of ours that it was made with; keys are replaced, subscriptions are not.
alter table push_subscription
  add column server_key text not null check (char_length(server_key) between 80 and 100),
  -- The delivery that was sent last: tried again, it leaves out who has it.
  add column last_delivery uuid;
