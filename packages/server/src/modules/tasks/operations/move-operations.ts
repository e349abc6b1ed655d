import { type InputFault, type ParsedInputOf, tasks } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { rankBetween } from '../board/rank.ts';
import { applyChange } from '../changes/apply-change.ts';
import { lockForChange } from '../changes/lock.ts';
import { mayEdit } from '../rows/policy.ts';
import { lockRanks, rankAtEnd, rankBeside } from '../rows/rank-store.ts';
import type { FullTask } from '../rows/tables.ts';
import { answerFor } from '../view/state.ts';

type Place = Pick<ParsedInputOf<typeof tasks.move>, 'afterId' | 'beforeId' | 'status'>;

function outOfPlace(path: string, message: string): Error {
  const errors: InputFault[] = [{ path, code: 'out_of_place', message }];
  return problem('invalid_input', { errors });
}

/** The neighbour at the new place. Throws `invalid_input` if it is not in the column. */
function neighbourOf(
  task: FullTask,
  { afterId, beforeId, status = task.status }: Place,
  others: Map<string, FullTask>,
) {
  if (afterId && beforeId) throw outOfPlace('beforeId', 'give afterId or beforeId, not both');
  const [path, id] = afterId ? ['afterId', afterId] : ['beforeId', beforeId];
  if (!id) return undefined;
  const other = others.get(id);
  const isBeside = other?.workspace_id === task.workspace_id && other.status === status && other.deleted_at === null;
  if (!isBeside || id === task.id) throw outOfPlace(path ?? '', 'is not another task in that column');
  return { rank: other.rank, side: afterId ? ('after' as const) : ('before' as const) };
}

/**
 * The rank of a place. Only one transaction at a time assigns ranks, and they lie between neighbours of the whole
 * workspace, so that none is assigned twice.
 */
async function rankAt(tx: Transaction, task: FullTask, place: Place, others: Map<string, FullTask>): Promise<string> {
  const { workspace_id: workspaceId } = task;
  const column = { workspaceId, status: place.status ?? task.status };
  const atTop = place.afterId === null;
  const neighbour = neighbourOf(task, place, others);
  const beside = neighbour?.rank ?? (await rankAtEnd(tx, column, atTop ? 'first' : 'last', task.id));
  if (beside === null) return task.rank;
  const side = neighbour?.side ?? (atTop ? 'before' : 'after');
  const far = await rankBeside(tx, workspaceId, beside, side, task.id);
  const isThere = side === 'after' ? isBetween(task.rank, beside, far) : isBetween(task.rank, far, beside);
  if (isThere) return task.rank;
  const rank = side === 'after' ? rankBetween(beside, far) : rankBetween(far, beside);
  if (rank === undefined) throw problem('conflict', 'There is no room left at this place: move its neighbours first.');
  return rank;
}

function isBetween(rank: string, before: string | null, after: string | null): boolean {
  return (before === null || before < rank) && (after === null || rank < after);
}

/** Moves tasks on the board. */
export const moveOperation: Implementation = command(tasks.move, async (context) => {
  const { input, actor, subject, tx } = context;
  const { taskId: _, ...place } = input;
  await lockRanks(tx, subject.task.workspace_id);
  const others = [place.afterId, place.beforeId].filter((id) => typeof id === 'string');
  const change = { userId: actor.userId, task: subject.task, permits: mayEdit, others };
  const locked = await lockForChange(tx, change);
  const rank = await rankAt(tx, locked.task, place, locked.others);
  const wanted = place.status === undefined ? {} : { status: place.status };
  const task = await applyChange(context, locked, wanted, rank);
  return answerFor(tx, actor.userId, { task, workspaceRole: locked.workspaceRole });
});
