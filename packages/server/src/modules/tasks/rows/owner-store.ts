import type { WorkspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** The ids of the tasks of a workspace that a person owns. */
export async function ownedTaskIds(db: Executor, workspaceId: string, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from task where owner_id = ${userId} and workspace_id = ${workspaceId} order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Transfers locked tasks from their owner to the longest-standing member with one of these roles; without such a member
 * they have no owner.
 */
export async function transferTasks(
  tx: Transaction,
  taskIds: readonly string[],
  leaverId: string,
  roles: readonly WorkspaceRole[],
): Promise<void> {
  await sql`
    update task t set owner_id = (
      select m.account_id from task_member_role m
      where m.task_id = t.id and m.account_id <> ${leaverId} and m.role = any(${roles}::text[])
      order by m.joined_at, m.account_id limit 1
    ), version = version + 1
    where t.id = any(${taskIds}::uuid[])
  `.execute(tx);
}
