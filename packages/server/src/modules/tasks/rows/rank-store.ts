import type { TaskStatus } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** Locks the ranks of a workspace: one transaction at a time assigns them. Call it before any task is locked. */
export async function lockRanks(tx: Transaction, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`task_rank:${workspaceId}`}, 0))`.execute(tx);
}

/** The last rank of a workspace; null if it has no task. */
export async function lastRank(db: Executor, workspaceId: string): Promise<string | null> {
  const { rows } = await sql<{ rank: string | null }>`
    select max(rank) as rank from task where workspace_id = ${workspaceId}
  `.execute(db);
  return rows[0]?.rank ?? null;
}

/** The first or last rank in a column of the board, ignoring one task; null if there is no other. */
export async function rankAtEnd(
  db: Executor,
  column: { workspaceId: string; status: TaskStatus },
  end: 'first' | 'last',
  without: string,
): Promise<string | null> {
  const order = end === 'first' ? sql`asc` : sql`desc`;
  const { rows } = await sql<{ rank: string }>`
    select rank from task
    where workspace_id = ${column.workspaceId} and status = ${column.status} and deleted_at is null and id <> ${without}
    order by rank ${order} limit 1
  `.execute(db);
  return rows[0]?.rank ?? null;
}

/** The nearest rank of the workspace on one side of another, in any column, ignoring one task. */
export async function rankBeside(
  db: Executor,
  workspaceId: string,
  rank: string,
  side: 'before' | 'after',
  without: string,
): Promise<string | null> {
  const found =
    side === 'after'
      ? sql<{ rank: string }>`
          select rank from task where workspace_id = ${workspaceId} and rank > ${rank} and id <> ${without}
          order by rank limit 1`
      : sql<{ rank: string }>`
          select rank from task where workspace_id = ${workspaceId} and rank < ${rank} and id <> ${without}
          order by rank desc limit 1`;
  return (await found.execute(db)).rows[0]?.rank ?? null;
}
