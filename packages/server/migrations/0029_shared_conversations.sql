-- Who shares a conversation with whom, by workspace; everyone in one shares it with themselves. Guests and customers see
-- of a workspace only those with whom they share one, so this is asked beside who is a member of it.

create view shared_conversation as
select c.workspace_id, c.id as conversation_id, mine.account_id as viewer_id, theirs.account_id as other_id
from conversation_member mine
join conversation_member theirs on theirs.conversation_id = mine.conversation_id
join conversation c on c.id = mine.conversation_id;
