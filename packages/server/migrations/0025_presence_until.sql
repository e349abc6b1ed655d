-- When a chosen status ends by itself; after that it reads as online, whoever asks.
alter table presence
  add column chosen_until timestamptz,
  add check (chosen_until is null or chosen <> 'online');
