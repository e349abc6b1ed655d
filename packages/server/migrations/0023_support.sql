-- Support cases: whose they are, and who has them in hand.
alter table conversation
  add column support_status text check (support_status in ('unassigned', 'assigned', 'closed')),
  -- Who has it in hand; of a closed case, who had it.
  add column assignee_id uuid references account,
  add column customer_id uuid references account;

update conversation c set support_status = 'unassigned', customer_id = (
  select m.account_id from conversation_member m
  join membership w on w.workspace_id = c.workspace_id and w.account_id = m.account_id and w.role = 'customer'
  where m.conversation_id = c.id
  order by m.joined_at, m.account_id
  limit 1
)
where kind = 'support';

alter table conversation
  add check ((kind = 'support') = (support_status is not null)),
  add check (kind = 'support' or (assignee_id is null and customer_id is null)),
  add check (support_status <> 'assigned' or assignee_id is not null),
  add check (support_status <> 'unassigned' or assignee_id is null);

create index conversation_support on conversation (workspace_id, id) where kind = 'support';
create index conversation_assignee on conversation (assignee_id) where assignee_id is not null;
create index conversation_customer on conversation (customer_id) where customer_id is not null;
