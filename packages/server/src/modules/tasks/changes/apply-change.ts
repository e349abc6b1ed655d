import type { ParsedInputOf, tasks } from '@atrium/protocol';
import { problem } from '../../../platform/module/index.ts';
import { meOf } from '../../identity/index.ts';
import { type FieldChange, recordActivity } from '../rows/activity-store.ts';
import { manages, maySee } from '../rows/policy.ts';
import type { FullTask } from '../rows/tables.ts';
import { setLabels, taskById, tasksById, updateTask } from '../rows/task-store.ts';
import type { TaskWork } from '../rows/work.ts';
import { factsOf } from '../view/access.ts';
import { beginFollowing, isFollowed, publishTask, publishVisibility, stopFollowing } from '../view/publish.ts';
import { mustHaveRoom } from './admit.ts';
import { columnsOf, fieldChanges } from './field-changes.ts';
import { columnsAfter, searchColumns } from './fields.ts';
import type { Locked } from './lock.ts';
import { mustHaveLabels } from './must-have-labels.ts';
import { planNext } from './next-occurrence.ts';
import { mustFitUnder } from './parents.ts';

/** The requested change of a task. */
export type Wanted = Omit<ParsedInputOf<typeof tasks.update>, 'taskId' | 'comment' | 'version'>;

/** Decides from locked rows whether the change may be made. Throws `forbidden`, `conflict`, `invalid_input`. */
async function checkChange(context: TaskWork, locked: Locked, { parentId, status, visibility }: Wanted) {
  const { task, facts, others, workspaceRole } = locked;
  if (visibility !== undefined && visibility !== task.visibility && !manages(facts)) throw problem('forbidden');
  if (visibility === 'members' && task.member_ids.length === 0) {
    throw problem('conflict', 'Nobody would see a task without members: add one first.');
  }
  if (parentId && parentId !== task.parent_id) {
    const parent = others.get(parentId);
    const isSeen = parent !== undefined && maySee(factsOf(parent, context.actor.userId, workspaceRole));
    mustFitUnder(isSeen ? parent : undefined, task.workspace_id, task);
  }
  if (task.status === 'completed' && status !== undefined && status !== 'completed') {
    await mustHaveRoom(context.tx, task.member_ids);
  }
}

async function changeLabels(context: TaskWork, task: FullTask, wanted: readonly string[] | undefined) {
  if (wanted === undefined) return [];
  const labelIds = [...new Set(wanted)].sort();
  if (labelIds.join() === task.label_ids.join()) return [];
  await mustHaveLabels(context.tx, task.workspace_id, labelIds);
  await setLabels(context.tx, task.id, labelIds);
  return [{ field: 'labelIds', before: task.label_ids, after: labelIds }] satisfies FieldChange[];
}

/**
 * Emits the events of a change: to members who begin or stop following the task, to those who see it, and for its
 * parents.
 */
async function publishChange(context: TaskWork, before: FullTask, after: FullTask): Promise<void> {
  const closes = isFollowed(before) && !isFollowed(after);
  await publishTask(context, after, closes ? after.member_ids : []);
  if (closes) stopFollowing(context, after, after.member_ids, 'completed');
  if (!isFollowed(before) && isFollowed(after)) beginFollowing(context, after, after.member_ids);
  if (before.visibility !== after.visibility) publishVisibility(context, after);
  if (before.parent_id === after.parent_id && before.status === after.status) return;
  const parentIds = [before.parent_id, after.parent_id].filter((id) => id !== null);
  for (const parent of (await tasksById(context.tx, parentIds)).values()) await publishTask(context, parent);
}

/**
 * Writes fields of a locked task, with all consequences.
 * @param rank a new place on the board
 * @returns the changed task
 */
export async function applyChange(
  context: TaskWork,
  locked: Locked,
  wanted: Wanted,
  rank = locked.task.rank,
): Promise<FullTask> {
  const { tx, actor, now } = context;
  const { task } = locked;
  await checkChange(context, locked, wanted);
  const { labelIds, ...fields } = wanted;
  const { timezone } = await meOf(tx, actor.userId);
  const setting = { userId: actor.userId, zone: timezone, now, occurrence: task.occurrence };
  const columns = columnsAfter(columnsOf(task), fields, setting);
  const changes = [...fieldChanges(columnsOf(task), columns), ...(await changeLabels(context, task, labelIds))];
  if (rank !== task.rank) changes.push({ field: 'rank', before: task.rank, after: rank });
  if (changes.length === 0) return task;
  await updateTask(tx, task.id, { ...columns, rank, updated_at: now, ...searchColumns(columns) });
  await recordActivity(tx, { taskId: task.id, actorId: actor.userId, at: now }, changes);
  const written = await reread(context, task.id);
  await publishChange(context, task, written);
  await context.tell('task:changed', { changes: [{ before: task, after: written }] });
  if (written.status !== 'completed' || task.status === 'completed') return written;
  await context.tell('task:completed', { task: written, userId: actor.userId });
  const next = await planNext(context, written);
  if (next === undefined) return written;
  await context.tell('task:recurred', { task: written, next });
  return reread(context, task.id);
}

async function reread({ tx }: Pick<TaskWork, 'tx'>, taskId: string): Promise<FullTask> {
  const task = await taskById(tx, taskId);
  if (task === undefined) throw new Error('The task that is locked is not there.');
  return task;
}
