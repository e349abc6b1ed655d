-- The files of a message as they are shown with it, so that history, events and snapshots need no other table. null on a
-- plain message: the hottest write stays what it is.
create domain message_attachments as jsonb;
alter table message add column attachments message_attachments;
alter domain message_attachments add check (
  jsonb_typeof(value) = 'array' and jsonb_array_length(value) between 1 and 10 and octet_length(value::text) <= 32768
);

-- A message with files need not say anything else.
drop trigger message_says_nothing_only_when_deleted on message;
create trigger message_says_nothing_only_when_deleted
  before update of deleted_at, content, reactions, attachments on message for each row
  when (case when new.deleted_at is null then new.content = '' and new.attachments is null
    else new.content <> '' or new.reactions is not null or new.attachments is not null end)
  execute function refuse_row();

-- What such a message said before it was deleted.
alter table message_revision
  drop constraint message_revision_content_check,
  add constraint message_revision_content_check check (char_length(content) <= 8000);
