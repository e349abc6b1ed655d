import { randomUUID } from 'node:crypto';
import type { Database } from '../../packages/server/src/platform/database/index.ts';
import type { Someone } from '../presence/people.ts';

/** Makes tasks with a running timer each, past the operations. @returns their ids */
export async function fillTasks({ pool }: Pick<Database, 'pool'>, owner: Someone, tasks: number): Promise<string[]> {
  const ids = Array.from({ length: tasks }, () => randomUUID());
  const { rows } = await pool.query('select workspace_id as id from membership where account_id = $1', [owner.userId]);
  const workspaceId: string = rows[0].id;
  await pool.query(
    `insert into task (id, workspace_id, title, status, priority, due_key, visibility, rank, created_by, created_at, updated_at)
     select id, $2, 'Benchmark', 'todo', 2, 'infinity', 'workspace', 'a' || n, $3, now(), now()
     from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [ids, workspaceId, owner.userId],
  );
  await pool.query(
    'insert into task_time (task_id, workspace_id, base_ms) select id, $2, 0 from unnest($1::uuid[]) id',
    [ids, workspaceId],
  );
  await pool.query(
    `insert into time_entry (id, task_id, workspace_id, account_id, kind, started_at, billable, author_id, created_at)
     select gen_random_uuid(), id, $2, $3, 'timer', date_trunc('milliseconds', now()), true, $3, now()
     from unnest($1::uuid[]) id`,
    [ids, workspaceId, owner.userId],
  );
  await pool.query('analyze');
  return ids;
}
