import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** The time of the last change of a task in each workspace; workspaces without tasks are missing. */
export async function latestTaskChanges(db: Executor, workspaceIds: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select workspace_id as id, max(updated_at) as at from task
    where workspace_id = any(${workspaceIds}::uuid[]) and deleted_at is null
    group by 1
  `.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at]));
}
