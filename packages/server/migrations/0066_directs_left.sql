-- Direct conversations that one of the two has left are read-only from now on; those left before are so, too.
alter table conversation drop constraint conversation_check2, add check (kind <> 'direct' or name is null);
update conversation c set archived_at = now(), version = version + 1
where c.kind = 'direct' and c.archived_at is null
  and (select count(*) from conversation_member m where m.conversation_id = c.id) < 2;
