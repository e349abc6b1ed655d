import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A workspace full of tasks, and some of its people. */
export interface TaskData {
  workspaceId: string;
  /** Members of it: each owns as many tasks as everyone else. */
  people: string[];
  /** Sees only the tasks that they are a member of. */
  guest: string;
  labelId: string;
}

const PEOPLE = 200;
const CATEGORIES = 20;

/** A workspace of 200 with `count` tasks, a third of them completed; each has one to three members. */
export async function fill(client: pg.ClientBase, count: number): Promise<TaskData> {
  const workspaceId = randomUUID();
  const people = Array.from({ length: PEOPLE }, () => randomUUID());
  const guest = randomUUID();
  const labelId = randomUUID();
  await client.query(
    `insert into account (id, email, name) select id, id || '@example.org', 'Someone' from unnest($1::uuid[]) id`,
    [[...people, guest]],
  );
  await client.query(`insert into workspace (id, name, created_at) values ($1, 'Bench', now())`, [workspaceId]);
  await client.query(
    `insert into membership (workspace_id, account_id, role, joined_at)
     select $1, id, case when id = $3 then 'guest' else 'member' end, now() from unnest($2::uuid[]) id`,
    [workspaceId, [...people, guest], guest],
  );
  await client.query(`insert into label (id, workspace_id, name, color) values ($1, $2, 'Label', '#336699')`, [
    labelId,
    workspaceId,
  ]);
  await client.query(
    `insert into task (
       id, workspace_id, title, description, status, priority, category, due_at, due_key, visibility, rank, owner_id,
       created_by, created_at, updated_at, completed_at, completed_by, search_text, grams
     )
     select uuidv7(), $1, title, repeat(md5(n::text), 4), status, 1 + n % 3, 'Category ' || n % $4, due,
       coalesce(due, 'infinity'), case when n % 10 = 0 then 'members' else 'workspace' end,
       'a' || lpad(to_hex(n), 7, '0') || '1', owner, owner, now(), now(),
       case when status = 'completed' then now() end, case when status = 'completed' then owner end,
       lower(title),
       array(select substr(lower(title), at, 3) from generate_series(1, length(title) - 2) at)
     from (
       select n, 'Task ' || md5(n::text) as title, ($2::uuid[])[1 + n % $3] as owner,
         (array['todo', 'in-progress', 'completed'])[1 + n % 3] as status,
         case when n % 4 > 0 then now() + ((n * 7919 % 100000) || ' minutes')::interval end as due
       from generate_series(1, $5::int) n
     ) t`,
    [workspaceId, people, PEOPLE, CATEGORIES, count],
  );
  await client.query(
    `insert into task_member (task_id, account_id, workspace_id, joined_at)
     select t.id, m.id, $1, now() from (select id, owner_id, row_number() over (order by id) as n from task) t
     cross join lateral (
       select t.owner_id as id
       union select ($2::uuid[])[1 + (t.n * 31) % $3] where t.n % 2 = 0
       union select $4::uuid where t.n % 500 = 0
     ) m`,
    [workspaceId, people, PEOPLE, guest],
  );
  await client.query(
    `insert into task_label (task_id, label_id) select id, $1 from task where hashtext(id::text) % 50 = 0`,
    [labelId],
  );
  await client.query('vacuum analyze');
  return { workspaceId, people, guest, labelId };
}
