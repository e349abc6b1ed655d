import type { Work } from '../../../platform/module/index.ts';
import { deleteMember } from '../rows/member-store.ts';
import type { FullTask } from '../rows/tables.ts';
import { taskById } from '../rows/task-store.ts';
import { publishMembers } from '../view/publish.ts';
import { announceVisiblePeople } from '../view/visible-people.ts';

/**
 * Removes a member from a locked task, with what belongs to the membership.
 * @returns the changed task
 */
export async function takeOff(context: Work, task: FullTask, userId: string): Promise<FullTask> {
  const { tx } = context;
  await context.tell('task:memberRemoved', { task, userId });
  await announceVisiblePeople(context, task, [userId]);
  await deleteMember(tx, task.id, userId);
  const after = (await taskById(tx, task.id)) ?? task;
  await publishMembers(context, after, { left: [userId] });
  await context.tell('task:changed', { changes: [{ before: task, after }] });
  return after;
}
