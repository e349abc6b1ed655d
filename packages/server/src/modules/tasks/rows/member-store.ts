import { sizes, type WorkspaceRole } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { FullTask } from './tables.ts';
import { fullTask, subtaskCounts } from './task-store.ts';

/** Makes people members of a task. @returns the ids of those who were not members, in order */
export async function insertMembers(
  tx: Transaction,
  task: { id: string; workspace_id: string },
  userIds: readonly string[],
  now: Date,
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    insert into task_member (task_id, account_id, workspace_id, joined_at)
    select ${task.id}::uuid, id, ${task.workspace_id}::uuid, ${now}::timestamptz
    from unnest(${userIds}::uuid[]) as person (id) order by id
    on conflict do nothing
    returning account_id as id
  `.execute(tx);
  return rows.map(({ id }) => id).sort();
}

/** Removes a member from a task. @returns false if they were not a member */
export async function deleteMember(tx: Transaction, taskId: string, userId: string): Promise<boolean> {
  const { rows } = await sql`
    delete from task_member where task_id = ${taskId} and account_id = ${userId} returning 1
  `.execute(tx);
  return rows.length > 0;
}

/** The workspace roles of a task's members; those who have just left the workspace are missing. */
export async function memberRoles(db: Executor, taskId: string): Promise<{ userId: string; role: WorkspaceRole }[]> {
  const { rows } = await sql<{ userId: string; role: WorkspaceRole }>`
    select account_id as "userId", role from task_member_role where task_id = ${taskId} order by account_id
  `.execute(db);
  return rows;
}

/** The ids of all tasks of a workspace that a person is a member of, including those in the trash. */
export async function taskIdsOf(db: Executor, userId: string, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select task_id as id from task_member where account_id = ${userId} and workspace_id = ${workspaceId} order by task_id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Selects the ids of the tasks that a person follows: open ones that they are a member of. */
export function openTaskIds(userId: string, workspaceId: string | null = null): RawBuilder<{ id: string }> {
  return sql`
    select t.id from task_member m join task t on t.id = m.task_id
    where m.account_id = ${userId} and t.status <> 'completed' and t.deleted_at is null
      and (${workspaceId}::uuid is null or m.workspace_id = ${workspaceId}::uuid)
    order by t.id
  `;
}

/** Ids of the tasks that someone follows, of one workspace or of all. */
export async function openTaskIdsOf(db: Executor, userId: string, workspaceId?: string): Promise<string[]> {
  const { rows } = await openTaskIds(userId, workspaceId).execute(db);
  return rows.map(({ id }) => id);
}

/** Those of the people who have the maximum number of open tasks. */
export async function atTaskLimit(db: Executor, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select m.account_id as id from task_member m join task t on t.id = m.task_id
    where m.account_id = any(${userIds}::uuid[]) and t.status <> 'completed' and t.deleted_at is null
    group by m.account_id having count(*) >= ${sizes.openTasks}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Those of `taskIds` that a person sees. `staffRoles`: roles that see what is visible to the whole workspace. */
export async function visibleOfWhich(
  db: Executor,
  userId: string,
  taskIds: readonly string[],
  staffRoles: readonly WorkspaceRole[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select v.task_id as id from task_viewer v
    where v.task_id = any(${taskIds}::uuid[]) and v.viewer_id = ${userId} and v.deleted_at is null and (
      v.visibility = 'workspace' and v.role = any(${staffRoles}::text[])
      or exists (select from task_member m where m.task_id = v.task_id and m.account_id = ${userId})
    )
    order by v.task_id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Tasks with a due date that a person is a member of, without those in the trash: the open ones, and those completed in
 * the last 30 days, sorted by due date, latest first.
 */
export async function dueTasksOf(db: Executor, userId: string, most: number): Promise<FullTask[]> {
  const { rows } = await sql<FullTask>`
    select ${fullTask} from task_member m join task t on t.id = m.task_id ${subtaskCounts}
    where m.account_id = ${userId} and t.deleted_at is null and (t.due_at is not null or t.due_on is not null)
      and (t.completed_at is null or t.completed_at > now() - interval '30 days')
    order by t.due_key desc, t.id
    limit ${most}
  `.execute(db);
  return rows;
}
