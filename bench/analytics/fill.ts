import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A person who has done much, and what there is of it. */
export interface Much {
  tasks: number;
  completions: number;
  /** Over how many days the completions are spread. */
  days: number;
}

const CATEGORIES = 20;

/** A person in a workspace of their own with tasks, completions and time of many years. @returns their id */
export async function fill(client: pg.ClientBase, { tasks, completions, days }: Much): Promise<string> {
  const userId = randomUUID();
  const workspaceId = randomUUID();
  await client.query(
    `insert into account (id, email, name, timezone) values ($1::uuid, $1::text || '@example.org', 'Someone', 'Europe/Berlin')`,
    [userId],
  );
  await client.query(`insert into workspace (id, name, personal_of, created_at) values ($1, 'Bench', $2, now())`, [
    workspaceId,
    userId,
  ]);
  await client.query(
    `insert into membership (workspace_id, account_id, role, joined_at) values ($1, $2, 'owner', now())`,
    [workspaceId, userId],
  );
  await client.query(
    `insert into task (
       id, workspace_id, title, status, priority, category, due_key, visibility, rank, owner_id, created_by, created_at,
       updated_at, completed_at, completed_by
     )
     select uuidv7(), $1, 'Task ' || n, case when n % 20 = 0 then 'todo' else 'completed' end, 2, 'Category ' || n % $3,
       'infinity', 'workspace', 'a' || lpad(to_hex(n), 7, '0') || '1', $2, $2, now(), now(),
       case when n % 20 > 0 then now() end, case when n % 20 > 0 then $2::uuid end
     from generate_series(1, $4::int) n`,
    [workspaceId, userId, CATEGORIES, tasks],
  );
  await client.query(
    `insert into task_member (task_id, account_id, workspace_id, joined_at) select id, $2, $1, now() from task`,
    [workspaceId, userId],
  );
  await client.query(
    `insert into task_count (account_id, category, open, completed)
     select $1, category, count(*) filter (where status <> 'completed'), count(*) filter (where status = 'completed')
     from task group by category`,
    [userId],
  );
  await client.query(
    `insert into completion (id, task_id, account_id, workspace_id, task_created_at, completed_at)
     select uuidv7(), gen_random_uuid(), $1, $2, at - interval '1 day', at from (
       select now() - (n * $4::float / $3) * interval '1 day' as at from generate_series(1, $3::int) n
     ) c`,
    [userId, workspaceId, completions, days],
  );
  await client.query(`insert into task_time (task_id, workspace_id) select id, $1 from task limit 1`, [workspaceId]);
  await client.query(
    `insert into time_entry (
       id, task_id, workspace_id, account_id, kind, started_at, stopped_at, duration_ms, billable, author_id, created_at
     )
     select uuidv7(), t.task_id, $2, $1, 'timer', at, at + interval '30 minutes', 1800000, true, $1, at
     from task_time t, (select now() - n * interval '3 hours' as at from generate_series(1, 10000) n) e`,
    [userId, workspaceId],
  );
  await client.query('vacuum analyze');
  return userId;
}
