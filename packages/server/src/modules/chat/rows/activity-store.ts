import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { firstIdAt } from '../../../platform/new-id.ts';

/**
 * The number of messages since a time. Their ids, which have an index, say when they were written; of the demo and of an
 * import these are messages of earlier days.
 */
export async function countMessagesSince(db: Executor, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from message where id >= ${firstIdAt(since)} and created_at >= ${since}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** The time of the latest message of each workspace; workspaces without messages are missing. */
export async function latestMessageTimes(db: Executor, workspaceIds: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select c.workspace_id as id, max(m.created_at) as at
    from conversation c
    cross join lateral (
      select created_at from message where conversation_id = c.id order by seq desc limit 1
    ) m
    where c.workspace_id = any(${workspaceIds}::uuid[])
    group by 1
  `.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at]));
}
