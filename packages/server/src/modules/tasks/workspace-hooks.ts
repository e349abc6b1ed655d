import { workspaceRole } from '@atrium/protocol';
import type { Listeners, Work } from '../../platform/module/index.ts';
import { isVisitor } from '../workspaces/index.ts';
import { takeOff } from './changes/take-off.ts';
import { deleteLabelsOf } from './rows/label-store.ts';
import { memberRoles, taskIdsOf } from './rows/member-store.ts';
import { ownedTaskIds, passOn } from './rows/owner-store.ts';
import { isStaff, mayBeMember } from './rows/policy.ts';
import type { FullTask } from './rows/tables.ts';
import { lockTasks, tasksById } from './rows/task-store.ts';
import { followersOf, taskIdsIn } from './rows/trash-store.ts';
import { removeForGood } from './trash/removal.ts';
import { taskStream } from './view/events.ts';
import { tellCan, tellDeleted, tellTask } from './view/telling.ts';

const staffRoles = workspaceRole.options.filter(isStaff);

/** Tasks of which someone is a member, and those that they own, locked. */
async function lockTheirs({ tx }: Work, workspaceId: string, userId: string): Promise<FullTask[]> {
  const ids = [...(await taskIdsOf(tx, userId, workspaceId)), ...(await ownedTaskIds(tx, workspaceId, userId))];
  const locked = await lockTasks(tx, [...new Set(ids)].sort());
  return [...locked.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Others take over what someone owns, and hear that they may do more with it. */
async function handOver(work: Work, tasks: readonly FullTask[], userId: string): Promise<void> {
  const owned = tasks.filter((task) => task.owner_id === userId).map(({ id }) => id);
  if (owned.length === 0) return;
  await passOn(work.tx, owned, userId, staffRoles);
  for (const task of (await tasksById(work.tx, owned)).values()) {
    if (task.deleted_at !== null) continue;
    await tellTask(work, task);
    if (task.owner_id !== null) tellCan(work, task, [task.owner_id]);
  }
}

/** Takes someone off locked tasks. What nobody would see any more is removed for good. */
async function leave(work: Work, tasks: readonly FullTask[], userId: string): Promise<void> {
  const orphaned: FullTask[] = [];
  for (const task of tasks.filter(({ member_ids }) => member_ids.includes(userId))) {
    const after = await takeOff(work, task, userId);
    if (after.member_ids.length === 0 && after.visibility === 'members') orphaned.push(after);
  }
  for (const task of orphaned.filter(({ deleted_at }) => deleted_at === null)) await tellDeleted(work, task);
  await removeForGood(
    work,
    orphaned.map(({ id }) => id),
  );
}

/** What tasks do when workspaces change. */
export const taskListeners: Listeners = {
  // Whoever reads later that they are in it begins behind the events of the labels that were made until then.
  'workspace:created'({ append }, { workspaceId, userId, personal }) {
    if (!personal) append(`user:${userId}`, 'label:all', { workspaceId, userId });
  },

  // Also while there are none: the first one may be made before the new member follows the workspace.
  'workspace:memberJoined'({ append }, { workspaceId, userId, role }) {
    if (isStaff(role)) append(`user:${userId}`, 'label:all', { workspaceId, userId });
  },

  async 'workspace:roleChanged'(work, { workspaceId, userId, role, previous }) {
    const { tx, append } = work;
    if (isVisitor(role) !== isVisitor(previous)) append(`user:${userId}`, 'label:all', { workspaceId, userId });
    const tasks = await lockTheirs(work, workspaceId, userId);
    if (isVisitor(role)) await handOver(work, tasks, userId);
    const unfit: FullTask[] = [];
    for (const task of tasks) {
      const others = (await memberRoles(tx, task.id)).filter((member) => member.userId !== userId);
      const visitors = others.map((member) => member.role).filter(isVisitor);
      if (!mayBeMember(role, visitors)) unfit.push(task);
      else if (task.member_ids.includes(userId)) tellCan(work, task, [userId]);
    }
    await leave(work, unfit, userId);
  },

  async 'workspace:memberRemoved'(work, { workspaceId, userId }) {
    const tasks = await lockTheirs(work, workspaceId, userId);
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
