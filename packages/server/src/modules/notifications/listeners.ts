import type { Executor } from '../../platform/database/index.ts';
import type { Listeners } from '../../platform/module/index.ts';
import { usersById } from '../identity/index.ts';
import type { FullTask } from '../tasks/index.ts';
import { chatListeners } from './chat/listeners.ts';
import { notify, type WantedNotification } from './deciding/notify.ts';
import { deleteDeliveriesOf } from './ledger/sweep-store.ts';
import { removeNotifications } from './reading/events.ts';
import { deleteDevicesOf } from './rows/device-store.ts';
import { deleteNotificationsOf } from './rows/settings-store.ts';

const aboutTask = ({ id, workspace_id }: FullTask) => ({ taskId: id, workspaceId: workspace_id, link: `/tasks/${id}` });

/** A user's name in a notification. */
export async function nameOf(db: Executor, userId: string): Promise<string> {
  return (await usersById(db, [userId])).get(userId)?.name ?? 'Somebody';
}

/** The hooks that cause notifications, and those that remove them when their subject is deleted. */
export const notificationListeners: Listeners = {
  ...chatListeners,

  async 'task:assigned'(work, { task, userId, userIds }) {
    const others = userIds.filter((id) => id !== userId);
    if (others.length === 0) return;
    const by = await nameOf(work.tx, userId);
    await notify(
      work,
      others.map((accountId) => ({
        ...aboutTask(task),
        accountId,
        type: 'task',
        cause: 'task_assigned',
        title: 'Task assigned to you',
        body: `${by} assigned you: ${task.title}`,
        actorId: userId,
      })),
    );
  },

  async 'task:completed'(work, { task, userId }) {
    const by = await nameOf(work.tx, userId);
    const completed = { ...aboutTask(task), type: 'task', cause: 'task_completed', title: 'Task completed' } as const;
    await notify(
      work,
      task.member_ids.map((accountId): WantedNotification => {
        if (accountId !== userId)
          return { ...completed, accountId, actorId: userId, body: `${by} completed: ${task.title}` };
        // They know already: it is only listed.
        const channels = { mail: false, push: false };
        return { ...completed, accountId, actorId: userId, body: `You completed: ${task.title}`, channels };
      }),
    );
  },

  async 'task:mentioned'(work, { task, userIds, authorId }) {
    const by = await nameOf(work.tx, authorId);
    await notify(
      work,
      userIds.map((accountId) => ({
        ...aboutTask(task),
        accountId,
        type: 'mention',
        cause: 'comment_mention',
        title: 'You were mentioned in a comment',
        body: `${by} mentioned you on: ${task.title}`,
        actorId: authorId,
        groupKey: `comments ${task.id}`,
      })),
    );
  },

  'task:trashed': (work, { tasks }) => removeNotifications(work, { taskIds: tasks.map(({ id }) => id) }),
  'task:memberRemoved': (work, { task, userId }) => removeNotifications(work, { taskIds: [task.id], userId }),
  'workspace:memberRemoved': (work, about) => removeNotifications(work, about),
  'workspace:deleting': (work, { workspaceId }) => removeNotifications(work, { workspaceId }),
  async 'account:erasing'({ tx }, { userId }) {
    await deleteDeliveriesOf(tx, userId);
    await deleteNotificationsOf(tx, userId);
    await deleteDevicesOf(tx, userId);
  },
};
