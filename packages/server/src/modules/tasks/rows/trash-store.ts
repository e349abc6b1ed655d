import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** Moves locked tasks to the trash. */
export async function trashTasks(
  tx: Transaction,
  ids: readonly string[],
  { at, by }: { at: Date; by: string },
): Promise<void> {
  await sql`
    update task set deleted_at = ${at}, deleted_by = ${by}, version = version + 1 where id = any(${ids}::uuid[])
  `.execute(tx);
}

/** Restores locked tasks from the trash. */
export async function untrashTasks(tx: Transaction, ids: readonly string[]): Promise<void> {
  await sql`
    update task set deleted_at = null, deleted_by = null, version = version + 1 where id = any(${ids}::uuid[])
  `.execute(tx);
}

/**
 * Locks tasks that were moved to the trash before an instant, including sub-tasks of such tasks; tasks that another
 * transaction has locked are left for the next run.
 */
export async function lockExpired(tx: Transaction, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from task where deleted_at < ${before} order by deleted_at, id limit ${limit} for update skip locked
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** The ids of all tasks of a workspace, including those in the trash. */
export async function taskIdsIn(db: Executor, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from task where workspace_id = ${workspaceId} order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The people who follow each of the tasks, as pairs, before the tasks are deleted. */
export async function followersOf(
  db: Executor,
  taskIds: readonly string[],
): Promise<{ userId: string; taskId: string }[]> {
  const { rows } = await sql<{ userId: string; taskId: string }>`
    select m.account_id as "userId", m.task_id as "taskId" from task_member m join task t on t.id = m.task_id
    where m.task_id = any(${taskIds}::uuid[]) and t.status <> 'completed' and t.deleted_at is null
    order by 1, 2
  `.execute(db);
  return rows;
}

/** Deletes locked tasks with everything that belongs to them; their sub-tasks become tasks of their own. */
export async function removeTasks(tx: Transaction, ids: readonly string[]): Promise<void> {
  for (const table of ['task_member', 'task_label', 'task_comment', 'task_activity']) {
    await sql`delete from ${sql.table(table)} where task_id = any(${ids}::uuid[])`.execute(tx);
  }
  await sql`update task set parent_id = null where parent_id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from task where id = any(${ids}::uuid[])`.execute(tx);
}
