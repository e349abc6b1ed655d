import { tasks } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { mustHaveRoom } from '../changes/admit.ts';
import { lockForChange } from '../changes/lock.ts';
import { recordActivity } from '../rows/activity-store.ts';
import { manages } from '../rows/policy.ts';
import type { FullTask } from '../rows/tables.ts';
import { subtaskIdsOf, taskById, tasksById } from '../rows/task-store.ts';
import { trashTasks, untrashTasks } from '../rows/trash-store.ts';
import type { TaskWork } from '../rows/work.ts';
import { publishCreated, publishDeleted, publishTask } from '../view/publish.ts';
import { answerFor } from '../view/state.ts';
import { announceVisiblePeople } from '../view/visible-people.ts';

/** A task and those of its sub-tasks that are deleted and restored with it. */
function withSubtasks(task: FullTask, others: Map<string, FullTask>): FullTask[] {
  const at = task.deleted_at?.getTime();
  const children = [...others.values()].filter(
    ({ parent_id, deleted_at }) => parent_id === task.id && deleted_at?.getTime() === at,
  );
  return [task, ...children];
}

async function record({ tx, actor, now }: TaskWork, field: string, of: readonly FullTask[]): Promise<void> {
  for (const { id, title } of of) {
    await recordActivity(tx, { taskId: id, actorId: actor.userId, at: now }, [{ field, before: null, after: title }]);
  }
}

/** Updates the parent of a task, which shows how many sub-tasks it has. */
async function publishParent(context: TaskWork, { parent_id }: FullTask): Promise<void> {
  const parent = parent_id === null ? undefined : await taskById(context.tx, parent_id);
  if (parent !== undefined && parent.deleted_at === null) await publishTask(context, parent);
}

/** Operations to delete and restore tasks. */
export const trashOperations: readonly Implementation[] = [
  command(tasks.delete, async (context) => {
    const { tx, actor, now, subject } = context;
    const others = await subtaskIdsOf(tx, [subject.task.id]);
    const change = { userId: actor.userId, task: subject.task, permits: manages, others };
    const locked = await lockForChange(tx, change);
    const going = withSubtasks(locked.task, locked.others);
    await context.tell('task:trashed', { tasks: going });
    for (const task of going) {
      await announceVisiblePeople(context, task, task.member_ids);
      await publishDeleted(context, task);
    }
    const ids = going.map(({ id }) => id);
    await trashTasks(tx, ids, { at: now, by: actor.userId });
    await record(context, 'deleted', going);
    await context.tell('task:changed', {
      changes: going.map((task) => ({ before: task, after: { ...task, deleted_at: now } })),
    });
    await publishParent(context, locked.task);
    return {};
  }),

  command(tasks.restore, async (context) => {
    const { tx, actor, subject } = context;
    const { task: found } = subject;
    const parentIds = found.parent_id === null ? [] : [found.parent_id];
    const others = [...(await subtaskIdsOf(tx, [found.id])), ...parentIds];
    const change = { userId: actor.userId, task: found, permits: manages, where: 'trash' as const, others };
    const locked = await lockForChange(tx, change);
    const parent = locked.others.get(locked.task.parent_id ?? '');
    if (parent !== undefined && parent.deleted_at !== null) {
      throw problem('conflict', 'Its parent is in the trash: restore that first.');
    }
    const coming = withSubtasks(locked.task, locked.others);
    await mustHaveRoom(tx, [
      ...new Set(coming.flatMap((task) => (task.status === 'completed' ? [] : task.member_ids))),
    ]);
    const ids = coming.map(({ id }) => id);
    await untrashTasks(tx, ids);
    await record(context, 'restored', coming);
    const restored = await tasksById(tx, ids);
    for (const task of restored.values()) {
      await publishCreated(context, task);
      await announceVisiblePeople(context, task, task.member_ids);
    }
    await context.tell('task:changed', {
      changes: coming.map((task) => ({ before: task, after: restored.get(task.id) })),
    });
    await publishParent(context, locked.task);
    const task = restored.get(found.id) ?? locked.task;
    return answerFor(tx, actor.userId, { task, workspaceRole: locked.workspaceRole });
  }),
];
