-- A check of a table is taken apart anew by every statement that writes to it, which was a tenth of what the hottest
-- write cost; one of a domain is kept. A domain begins without its check, so that no table is written anew.
create domain message_type as text;
create domain message_content as text;
create domain message_via as jsonb;
create domain mention_scope as text;
create domain event_type as text;
create domain stream_name as text;

alter table message
  -- It comes from the stream, which begins at 0.
  drop constraint message_seq_check,
  drop constraint message_type_check,
  drop constraint message_content_check,
  drop constraint message_via_check,
  drop constraint message_mention_scope_check,
  alter column type type message_type,
  alter column content type message_content,
  alter column via type message_via,
  alter column mention_scope type mention_scope;

alter table event
  drop constraint event_type_check,
  alter column stream type stream_name,
  alter column type type event_type;

alter table stream
  drop constraint stream_name_check,
  drop constraint stream_check,
  alter column name type stream_name;

alter domain message_type add check (value in ('text', 'image', 'file', 'system'));
alter domain message_content add check (char_length(value) <= 8000);
alter domain message_via add check (jsonb_typeof(value) = 'object' and octet_length(value::text) <= 4096);
alter domain mention_scope add check (value in ('here', 'channel'));
alter domain event_type add check (length(value) <= 64);
alter domain stream_name add check (length(value) <= 64);

-- What hangs on several columns is looked at where it changes: the hottest write only counts a stream on, and puts in
-- messages, whose text the contract has looked at.
create function refuse_row() returns trigger language plpgsql as $$
begin
  raise check_violation using message = format('row of "%s" refused by "%s"', tg_table_name, tg_name);
end
$$;

-- A deleted message keeps its place and says nothing; any other says something.
create trigger message_says_nothing_only_when_deleted
  before update of deleted_at, content, reactions on message for each row
  when (case when new.deleted_at is null then new.content = '' else new.content <> '' or new.reactions is not null end)
  execute function refuse_row();

create trigger stream_is_ahead
  before insert or update of floor, audience_seq on stream for each row
  when (new.floor > new.seq or new.audience_seq > new.seq)
  execute function refuse_row();

-- With the type of a column goes what the planner knows of it. An empty table stays unknown: it would be taken for a
-- small one until it is looked at again.
do $$
begin
  if exists (select from message) then analyze message; end if;
  if exists (select from event) then analyze event; end if;
  if exists (select from stream) then analyze stream; end if;
end
$$;
