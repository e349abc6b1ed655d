import type { ImportOffice } from '../../../src/modules/imports/test/office.ts';

/** What has no time in its source is created when it is imported. */
const created = (column: string) => `case when ${column} < now() - interval '1 hour' then ${column} end as created_at`;

/** What two workspaces have in common when the same was imported into both: everything but ids and invented addresses. */
const QUERIES = {
  people: `
    select a.name, case when a.email like '%@import.invalid' then '' else a.email end as email, m.role
    from membership m join account a on a.id = m.account_id where m.workspace_id = $1`,
  members: `
    select c.name as conversation, c.kind, a.name, m.read_seq
    from conversation_member m join conversation c on c.id = m.conversation_id join account a on a.id = m.account_id
    where c.workspace_id = $1`,
  messages: `
    select c.name as conversation, c.kind, a.name, m.content, m.created_at, r.content as thread,
      jsonb_path_query_array(m.reactions, '$.keyvalue().key') as reactions,
      (select count(*) from attachment f where f.message_id = m.id) as files
    from message m join conversation c on c.id = m.conversation_id left join account a on a.id = m.sender_id
    left join message r on r.id = m.thread_id and r.conversation_id = m.conversation_id
    where c.workspace_id = $1`,
  tasks: `
    select t.title, t.description, t.status, t.priority, t.due_on, ${created('t.created_at')}, t.completed_at, p.title as parent,
      (select array_agg(a.name order by a.name) from task_member m join account a on a.id = m.account_id
        where m.task_id = t.id) as members,
      (select array_agg(l.name order by l.name) from task_label b join label l on l.id = b.label_id
        where b.task_id = t.id) as labels
    from task t left join task p on p.id = t.parent_id where t.workspace_id = $1`,
  comments: `
    select t.title, a.name, c.content, ${created('c.created_at')}
    from task_comment c join task t on t.id = c.task_id join account a on a.id = c.author_id where t.workspace_id = $1`,
  time: `
    select t.title, a.name, e.started_at, e.stopped_at, e.note, e.billable
    from time_entry e join task t on t.id = e.task_id join account a on a.id = e.account_id where t.workspace_id = $1`,
  products: `
    select name, price, stock, active, deleted_at is null as sold, jsonb_array_length(images) as pictures,
      (select sum(change) from stock_movement s where s.product_id = p.id) as moved
    from product p where workspace_id = $1`,
  orders: `
    select o.number, o.status, o.total, o.note, o.created_at, a.name as buyer,
      (select array_agg(l.name || ' ' || l.quantity order by l.position) from order_line l where l.order_id = o.id) as lines,
      (select array_agg(c.to_status || ' ' || c.note order by c.id) from order_change c where c.order_id = o.id) as changes
    from shop_order o join account a on a.id = o.buyer_id where o.workspace_id = $1`,
} as const;

export type Contents = Record<keyof typeof QUERIES, string[]>;

/** Everything in a workspace, in no order. */
export async function contentsOf(office: ImportOffice, workspaceId: string): Promise<Contents> {
  const found = Object.entries(QUERIES).map(async ([name, query]) => {
    const rows = await office.query(query, [workspaceId]);
    return [name, rows.map((row) => JSON.stringify(row)).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(found)) as Contents;
}
