import type { Work } from '../../../platform/module/index.ts';
import { recordActivity } from '../rows/activity-store.ts';
import { insertMembers } from '../rows/member-store.ts';
import type { FullTask, TaskRow } from '../rows/tables.ts';
import { insertTask, setLabels, taskById } from '../rows/task-store.ts';
import { publishCreated } from '../view/publish.ts';
import { announceVisiblePeople } from '../view/visible-people.ts';
import { searchColumns } from './fields.ts';

/** The part of a command context that creating a task uses. */
export type Creating = Pick<Work, 'tx' | 'append' | 'now' | 'tell'> & { actor: { userId: string } };

/** Inserts a task with its members and labels, and tells those who see it. */
export async function addTask(
  context: Creating,
  row: TaskRow,
  memberIds: readonly string[],
  labelIds: readonly string[],
): Promise<FullTask> {
  const { tx, now, actor } = context;
  await insertTask(tx, { ...row, ...searchColumns(row) });
  await insertMembers(tx, row, memberIds, now);
  if (labelIds.length > 0) await setLabels(tx, row.id, labelIds);
  await recordActivity(tx, { taskId: row.id, actorId: actor.userId, at: now }, [
    { field: 'created', before: null, after: row.title },
  ]);
  const task = await taskById(tx, row.id);
  if (task === undefined) throw new Error('The task that was just added is not there.');
  await publishCreated(context, task);
  await context.tell('task:changed', { changes: [{ before: undefined, after: task }] });
  await announceVisiblePeople(context, task, memberIds);
  await context.tell('task:assigned', { task, userIds: memberIds, userId: actor.userId });
  return task;
}
