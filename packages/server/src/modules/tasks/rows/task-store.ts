import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { dueKey } from './due-day.ts';
import type { TaskFacts } from './policy.ts';
import type { FullTask, TaskRow } from './tables.ts';

/** A task `t` with its members, labels and sub-tasks. */
export const fullTask: RawBuilder<FullTask> = sql`
  t.id, t.workspace_id, t.parent_id, t.title, t.description, t.status, t.priority, t.category, t.link, t.due_at, t.due_on,
  t.visibility, t.rank, t.recurrence_rule, t.recurrence_from, t.recurrence_zone, t.recurrence_start, t.occurrence,
  t.next_id, t.source_conversation_id, t.source_message_id, t.comment_count, t.owner_id, t.created_by, t.created_at,
  t.updated_at, t.completed_at, t.completed_by, t.deleted_at, t.deleted_by, t.version,
  array(select account_id::text from task_member where task_id = t.id order by account_id) as member_ids,
  array(select label_id::text from task_label where task_id = t.id order by label_id) as label_ids,
  s.done as subtasks_done, s.total as subtasks_total
`;

/** Counts of the sub-tasks of `t`, without those in the trash. */
export const subtaskCounts = sql`
  cross join lateral (
    select count(*) as total, count(*) filter (where c.status = 'completed') as done
    from task c where c.parent_id = t.id and c.deleted_at is null
  ) s
`;

/** Tasks by id, including those in the trash; ids without a task are missing. */
export async function tasksById(db: Executor, ids: readonly string[]): Promise<Map<string, FullTask>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<FullTask>`
    select ${fullTask} from task t ${subtaskCounts} where t.id = any(${[...new Set(ids)]}::uuid[])
  `.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The categories of tasks, including those in the trash; null for none. Ids without a task are missing. */
export async function categoriesOf(db: Executor, ids: readonly string[]): Promise<Map<string, string | null>> {
  const { rows } = await sql<Pick<TaskRow, 'id' | 'category'>>`
    select id, category from task where id = any(${ids}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ id, category }) => [id, category]));
}

/** What somebody is to a task. */
export interface TaskRelation extends Pick<TaskFacts, 'visibility' | 'isMember' | 'isOwner'> {
  id: string;
  workspaceId: string;
  title: string;
}

/** What somebody is to tasks, without those in the trash. */
export async function taskRelations(db: Executor, userId: string, ids: readonly string[]): Promise<TaskRelation[]> {
  const { rows } = await sql<TaskRelation>`
    select t.id, t.workspace_id as "workspaceId", t.title, t.visibility,
      t.owner_id is not distinct from ${userId} as "isOwner",
      exists (select from task_member m where m.task_id = t.id and m.account_id = ${userId}) as "isMember"
    from task t where t.id = any(${[...new Set(ids)]}::uuid[]) and t.deleted_at is null
  `.execute(db);
  return rows;
}

/** One task, or undefined. */
export async function taskById(db: Executor, id: string): Promise<FullTask | undefined> {
  return (await tasksById(db, [id])).get(id);
}

/**
 * Locks tasks until the transaction ends, in the order of their ids, and reads them behind the lock.
 * @returns by id; ids without a task are missing
 */
export async function lockTasks(tx: Transaction, ids: readonly string[]): Promise<Map<string, FullTask>> {
  if (ids.length === 0) return new Map();
  await sql`select from task where id = any(${ids}::uuid[]) order by id for no key update`.execute(tx);
  return tasksById(tx, ids);
}

/** The columns by which searches find a task: see search-text.ts. */
interface SearchColumns {
  search_text: string;
  grams: string[];
}

/** Adds a task. */
export async function insertTask(tx: Transaction, row: TaskRow & SearchColumns): Promise<void> {
  await tx
    .insertInto('task')
    .values({ ...row, due_key: dueKey(row) })
    .execute();
}

/** Writes columns of a task and raises its version. */
export async function updateTask(
  tx: Transaction,
  id: string,
  changes: Partial<Omit<TaskRow, 'id' | 'version' | 'due_at' | 'due_on'> & SearchColumns> &
    (Pick<TaskRow, 'due_at' | 'due_on'> | { due_at?: undefined }),
): Promise<void> {
  const due = changes.due_at === undefined ? {} : { due_key: dueKey(changes) };
  await tx
    .updateTable('task')
    .set((eb) => ({ ...changes, ...due, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Replaces the labels of a task. */
export async function setLabels(tx: Transaction, taskId: string, labelIds: readonly string[]): Promise<void> {
  await sql`
    with gone as (
      delete from task_label where task_id = ${taskId} and label_id <> all(${labelIds}::uuid[])
    )
    insert into task_label (task_id, label_id)
    select ${taskId}::uuid, id from unnest(${labelIds}::uuid[]) as label (id)
    on conflict do nothing
  `.execute(tx);
}

/** The ids of the sub-tasks of tasks, including those in the trash. */
export async function subtaskIdsOf(db: Executor, taskIds: readonly string[]): Promise<string[]> {
  if (taskIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from task where parent_id = any(${taskIds}::uuid[]) order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}
