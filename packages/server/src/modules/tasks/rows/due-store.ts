import { sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { FullTask } from './tables.ts';
import { fullTask, subtaskCounts } from './task-store.ts';

/** Open tasks of a member that are due on or before a day, earliest first. `to` is the end of that day. */
export async function openTasksDueBy(
  db: Executor,
  userId: string,
  { on, to }: { on: string; to: Date },
): Promise<FullTask[]> {
  const { rows } = await sql<FullTask>`
    select ${fullTask} from task_member m join task t on t.id = m.task_id ${subtaskCounts}
    where m.account_id = ${userId} and t.deleted_at is null and t.status <> 'completed'
      and (t.due_at < ${to} or t.due_on <= ${on})
    order by t.due_key, t.id
    limit ${sizes.openTasks}
  `.execute(db);
  return rows;
}
