import type { Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { lastRank, rankBeside } from '../rows/rank-store.ts';
import type { TaskRow } from '../rows/tables.ts';
import { rankBetween } from './rank.ts';

/** The rank after all tasks of a workspace. Throws `conflict` if there is no room. */
export async function rankAtBoardEnd(tx: Transaction, workspaceId: string): Promise<string> {
  const rank = rankBetween(await lastRank(tx, workspaceId), null);
  if (rank === undefined) throw problem('conflict', 'The board has no room at its end: move its last task up first.');
  return rank;
}

/** The rank directly after a task; if there is no room, the one at the end of the board. Throws `conflict`. */
export async function rankBehind(
  tx: Transaction,
  { id, rank, workspace_id: workspaceId }: Pick<TaskRow, 'id' | 'rank' | 'workspace_id'>,
): Promise<string> {
  const next = await rankBeside(tx, workspaceId, rank, 'after', id);
  return rankBetween(rank, next) ?? rankAtBoardEnd(tx, workspaceId);
}
