import { sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';
import { MAX_ENTRY_MS } from './entry-store.ts';
import type { TimeEntryRow } from './tables.ts';

/** A user, a workspace, or both. At least one of them is given. */
export interface EntryScope {
  userId?: string | undefined;
  workspaceId?: string | undefined;
  taskId?: string | undefined;
}

/** An entry, with the title of its task if the task was deleted. */
export interface SheetEntryRow extends TimeEntryRow {
  gone_title: string | null;
  gone_category: string | null;
}

/** Up to `most` entries that overlap a period, by person and start. Running ones count until `to`. */
export async function entriesBetween(
  db: Executor,
  { taskId, userId, workspaceId }: EntryScope,
  { from, to }: { from: Date; to: Date },
  most: number,
): Promise<SheetEntryRow[]> {
  const { rows } = await sql<SheetEntryRow>`
    select e.*, t.title as gone_title, t.category as gone_category
    from time_entry e join task_time t on t.task_id = e.task_id
    where e.started_at < ${to}
      and e.started_at > ${from}::timestamptz - ${MAX_ENTRY_MS + 3_600_000} * interval '1 millisecond'
      and case when e.kind = 'correction' then e.started_at >= ${from} else coalesce(e.stopped_at, ${to}) > ${from} end
      and ${userId === undefined ? sql`true` : sql`e.account_id = ${userId}`}
      and ${workspaceId === undefined ? sql`true` : sql`e.workspace_id = ${workspaceId}`}
      and ${taskId === undefined ? sql`true` : sql`e.task_id = ${taskId}`}
    order by e.account_id, e.started_at, e.id
    limit ${most}
  `.execute(db);
  return rows;
}
