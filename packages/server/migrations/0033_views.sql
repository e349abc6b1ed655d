-- What features read of each other's tables. Only the feature that owns a table names it; these columns are its promise
-- to the others.

create view person as
select id, name, username, is_bot, deleted_at from account;

create view workspace_member as
select workspace_id, account_id, role from membership;

-- How many days a workspace keeps messages; null: for good.
create view workspace_retention as
select id as workspace_id, retention_days from workspace;

create view conversation_participant as
select c.workspace_id, m.conversation_id, m.account_id
from conversation_member m
join conversation c on c.id = m.conversation_id;

-- The last number of each stream, the one up to which its log is pruned, and the one at which its audience last changed.
create view stream_head as
select name, seq, floor, audience_seq from stream;
