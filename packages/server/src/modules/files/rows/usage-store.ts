import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** What the files of workspaces take; those without files may be missing. */
export async function usagesOf(
  db: Executor,
  workspaceIds: readonly string[],
): Promise<Map<string, { files: number; bytes: number }>> {
  const { rows } = await sql<{ workspaceId: string; files: number; bytes: number }>`
    select workspace_id as "workspaceId", files, bytes from file_usage
    where workspace_id = any(${workspaceIds}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ workspaceId, ...usage }) => [workspaceId, usage]));
}

/** What the files of a workspace take. */
export async function usageOf(db: Executor, workspaceId: string): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: number }>`
    select files, bytes from file_usage where workspace_id = ${workspaceId}
  `.execute(db);
  return rows[0] ?? { files: 0, bytes: 0 };
}

/** How many files of somebody belong to no workspace. */
export async function countOwn(db: Executor, uploaderId: string): Promise<number> {
  const { rows } = await sql<{ files: number }>`
    select count(*)::int as files from attachment where uploader_id = ${uploaderId} and workspace_id is null
  `.execute(db);
  return rows[0]?.files ?? 0;
}
