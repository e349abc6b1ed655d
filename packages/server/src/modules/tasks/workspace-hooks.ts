import { workspaceRole } from '@atrium/protocol';
import type { Listeners, Work } from '../../platform/module/index.ts';
import { isVisitor } from '../workspaces/index.ts';
import { takeOff } from './changes/take-off.ts';
import { deleteLabelsOf } from './rows/label-store.ts';
import { memberRoles, taskIdsOf } from './rows/member-store.ts';
import { ownedTaskIds, transferTasks } from './rows/owner-store.ts';
import { isStaff, mayBeMember } from './rows/policy.ts';
import type { FullTask } from './rows/tables.ts';
import { lockTasks, tasksById } from './rows/task-store.ts';
import { followersOf, taskIdsIn } from './rows/trash-store.ts';
import { removeForGood } from './trash/removal.ts';
import { taskStream } from './view/events.ts';
import { publishCan, publishDeleted, publishTask } from './view/publish.ts';

const staffRoles = workspaceRole.options.filter(isStaff);

/** The tasks that somebody is a member of or owns, locked. */
async function lockTasksOf({ tx }: Work, workspaceId: string, userId: string): Promise<FullTask[]> {
  const ids = [...(await taskIdsOf(tx, userId, workspaceId)), ...(await ownedTaskIds(tx, workspaceId, userId))];
  const locked = await lockTasks(tx, [...new Set(ids)].sort());
  return [...locked.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Gives the tasks of an owner to others, and tells them that they may do more with them. */
async function handOver(work: Work, tasks: readonly FullTask[], userId: string): Promise<void> {
  const owned = tasks.filter((task) => task.owner_id === userId).map(({ id }) => id);
  if (owned.length === 0) return;
  await transferTasks(work.tx, owned, userId, staffRoles);
  for (const task of (await tasksById(work.tx, owned)).values()) {
    if (task.deleted_at !== null) continue;
    await publishTask(work, task);
    if (task.owner_id !== null) publishCan(work, task, [task.owner_id]);
  }
}

/** Removes a member from locked tasks. Tasks that nobody would see any more are deleted permanently. */
async function leave(work: Work, tasks: readonly FullTask[], userId: string): Promise<void> {
  const orphaned: FullTask[] = [];
  for (const task of tasks.filter(({ member_ids }) => member_ids.includes(userId))) {
    const after = await takeOff(work, task, userId);
    if (after.member_ids.length === 0 && after.visibility === 'members') orphaned.push(after);
  }
  for (const task of orphaned.filter(({ deleted_at }) => deleted_at === null)) await publishDeleted(work, task);
  await removeForGood(
    work,
    orphaned.map(({ id }) => id),
  );
}

/** What tasks do when workspaces change. */
export const taskListeners: Listeners = {
  // A client that learns later of the membership resumes after the events of labels created before then.
  'workspace:created'({ append }, { workspaceId, userId, personal }) {
    if (!personal) append(`user:${userId}`, 'label:all', { workspaceId, userId });
  },

  // Also if there are none: the first label may be created before the new member follows the workspace.
  'workspace:memberJoined'({ append }, { workspaceId, userId, role }) {
    if (isStaff(role)) append(`user:${userId}`, 'label:all', { workspaceId, userId });
  },

  async 'workspace:roleChanged'(work, { workspaceId, userId, role, previous }) {
    const { tx, append } = work;
    if (isVisitor(role) !== isVisitor(previous)) append(`user:${userId}`, 'label:all', { workspaceId, userId });
    const tasks = await lockTasksOf(work, workspaceId, userId);
    if (isVisitor(role)) await handOver(work, tasks, userId);
    const unfit: FullTask[] = [];
    for (const task of tasks) {
      const others = (await memberRoles(tx, task.id)).filter((member) => member.userId !== userId);
      const visitors = others.map((member) => member.role).filter(isVisitor);
      if (!mayBeMember(role, visitors)) unfit.push(task);
      else if (task.member_ids.includes(userId)) publishCan(work, task, [userId]);
    }
    await leave(work, unfit, userId);
  },

  async 'workspace:memberRemoved'(work, { workspaceId, userId }) {
    const tasks = await lockTasksOf(work, workspaceId, userId);
    await leave(work, tasks, userId);
    await handOver(work, tasks, userId);
  },

  async 'workspace:deleting'(work, { workspaceId, unfollow }) {
    const { tx } = work;
    const ids = await taskIdsIn(tx, workspaceId);
    for (const { userId, taskId } of await followersOf(tx, ids)) unfollow(userId, [taskStream(taskId)]);
    await removeForGood(work, ids);
    await deleteLabelsOf(tx, workspaceId);
  },
};
