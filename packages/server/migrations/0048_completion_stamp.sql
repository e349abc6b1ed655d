-- Another one after each change of the days of a person, so that a server knows whether those that it remembers still hold.
alter table completion_calendar add column stamp uuid not null default gen_random_uuid();
