import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** What was done in a workspace in the last year. */
export interface Busy {
  people: number;
  conversations: number;
  messages: number;
  completions: number;
  entries: number;
}

const YEAR = "interval '365 days'";

async function fillPeople(client: pg.ClientBase, workspaceId: string, people: number): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into account (id, email, name, timezone)
     select id, id::text || '@example.org', 'Someone', 'Asia/Kolkata' from (select gen_random_uuid() as id from generate_series(1, $1)) a
     returning id`,
    [people],
  );
  await client.query(`insert into workspace (id, name, created_at) values ($1, 'Bench', now())`, [workspaceId]);
  await client.query(
    `insert into membership (workspace_id, account_id, role, joined_at)
     select $1, id, case when id = $3 then 'owner' else 'member' end, now() from unnest($2::uuid[]) id`,
    [workspaceId, rows.map(({ id }) => id), rows[0]?.id],
  );
  return rows[0]?.id ?? '';
}

async function fillMessages(client: pg.ClientBase, workspaceId: string, { conversations, messages }: Busy) {
  await client.query(
    `insert into conversation (id, workspace_id, kind, visibility, created_at)
     select gen_random_uuid(), $1, 'group', 'private', now() from generate_series(1, $2)`,
    [workspaceId, conversations],
  );
  await client.query(
    `insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
     select gen_random_uuid(), c.ids[n % $3 + 1], n / $3 + 1, p.ids[(n * 7919::bigint) % cardinality(p.ids) + 1],
       gen_random_uuid(), 'text', 'What is said is of no matter here, only how much of it there is.',
       now() - ${YEAR} * (1 - n::float / $2)
     from generate_series(0, $2::int - 1) n,
       (select array_agg(id) as ids from conversation where workspace_id = $1) c,
       (select array_agg(account_id) as ids from membership where workspace_id = $1) p`,
    [workspaceId, messages, conversations],
  );
  await client.query(
    `insert into stream (name, seq)
     select 'conversation:' || conversation_id, max(seq) from message group by conversation_id`,
  );
}

async function fillWork(client: pg.ClientBase, workspaceId: string, { completions, entries }: Busy): Promise<void> {
  const someone = 'p.ids[(n * 7919::bigint) % cardinality(p.ids) + 1]';
  const people = '(select array_agg(account_id) as ids from membership where workspace_id = $1) p';
  await client.query(
    `insert into completion (id, task_id, account_id, workspace_id, task_created_at, completed_at)
     select uuidv7(), gen_random_uuid(), account_id, $1, at - n % 100 * interval '1 hour', at
     from (select n, ${someone} as account_id, now() - ${YEAR} * n / $2 as at from generate_series(1, $2::int) n, ${people}) c`,
    [workspaceId, completions],
  );
  await client.query(
    `insert into task_time (task_id, workspace_id, title, category)
     select gen_random_uuid(), $1, 'Task', 'Category ' || n % 20 from generate_series(1, 2000) n`,
    [workspaceId],
  );
  await client.query(
    `insert into time_entry (
       id, task_id, workspace_id, account_id, kind, started_at, stopped_at, duration_ms, billable, author_id, created_at
     )
     select uuidv7(), task_id, $1, account_id, 'timer', at, at + interval '30 minutes', 1800000, true, account_id, at
     from (
       select t.ids[n % cardinality(t.ids) + 1] as task_id, ${someone} as account_id, now() - ${YEAR} * n / $2 as at
       from generate_series(1, $2::int) n, (select array_agg(task_id) as ids from task_time) t, ${people}
     ) e`,
    [workspaceId, entries],
  );
}

/** A workspace in which people have done much for a year. @returns its id and that of its owner */
export async function fillWorkspace(
  client: pg.ClientBase,
  busy: Busy,
): Promise<{ workspaceId: string; ownerId: string }> {
  const workspaceId = randomUUID();
  const ownerId = await fillPeople(client, workspaceId, busy.people);
  await fillMessages(client, workspaceId, busy);
  await fillWork(client, workspaceId, busy);
  await client.query('vacuum analyze');
  return { workspaceId, ownerId };
}

/** Says so much more in a workspace, just now. */
export async function sayMore(client: pg.ClientBase, workspaceId: string, messages: number): Promise<void> {
  await client.query(
    `with said as (
       insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
       select gen_random_uuid(), c.id, s.seq + n, m.account_id, gen_random_uuid(), 'text', 'Hello', now()
       from (select id from conversation where workspace_id = $1 order by id limit 20) c
       join stream s on s.name = 'conversation:' || c.id
       cross join (select account_id from membership where workspace_id = $1 limit 1) m
       cross join generate_series(1, $2::int / 20) n
       returning conversation_id, seq
     )
     update stream s set seq = l.seq
     from (select 'conversation:' || conversation_id as name, max(seq) as seq from said group by 1) l
     where s.name = l.name`,
    [workspaceId, messages],
  );
}
