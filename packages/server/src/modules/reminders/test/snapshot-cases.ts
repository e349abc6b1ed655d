import type { Scene } from '../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../test/faults/snapshot-case.ts';

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** Bob has a reminder. @returns its id as `text` */
async function prepare({ bob }: Scene): Promise<{ text: string }> {
  const { id } = await bob.call('reminders.create', { message: 'Water the plants', scheduledAt: inHours(1) });
  return { text: id };
}

/** Ann has a task with Bob, who is reminded an hour before. @returns the id of the task as `text` */
async function task({ ann, bob, workspaceId }: Scene): Promise<{ text: string }> {
  const memberIds = [bob.userId];
  const { id: taskId } = await ann.call('tasks.create', { workspaceId, title: 'Prune', dueAt: inHours(5), memberIds });
  await bob.call('reminders.create', { taskId, before: 'PT1H' });
  return { text: taskId };
}

/** Sends Bob's reminder now. */
async function remind({ app, bob }: Scene, reminderId: string): Promise<void> {
  await app.database.pool.query('update delivery set next_at = now() where subject = $1', [reminderId]);
  await bob.tap.until((heard) =>
    heard.some(({ type, data }) => type === 'reminder:due' && (data.reminder as { id: string }).id === reminderId),
  );
}

export const cases: Record<string, Case> = {
  'reminders.create': act(({ bob, channel }) =>
    bob.call('reminders.create', { conversationId: channel, message: 'Stand-up', scheduledAt: inHours(1) }),
  ),
  'reminders.create / for somebody else': act(({ ann, bob }) =>
    ann.call('reminders.create', { userId: bob.userId, message: 'Call me', scheduledAt: inHours(1) }),
  ),
  'reminders.create / and sent': { prepare, act: (scene, { text }) => remind(scene, text) },
  'reminders.update': {
    prepare,
    act: ({ bob }, { text }) => bob.call('reminders.update', { reminderId: text, scheduledAt: inHours(3) }),
  },
  'reminders.complete': { prepare, act: ({ bob }, { text }) => bob.call('reminders.complete', { reminderId: text }) },
  'reminders.snooze': {
    prepare,
    act: ({ bob }, { text }) => bob.call('reminders.snooze', { reminderId: text, until: inHours(2) }),
  },
  'reminders.delete': { prepare, act: ({ bob }, { text }) => bob.call('reminders.delete', { reminderId: text }) },
  'tasks.update / with a reminder before it is due': {
    prepare: task,
    act: ({ ann }, { text }) => ann.call('tasks.update', { taskId: text, dueAt: inHours(9) }),
  },
  'tasks.update / completed, with a reminder': {
    prepare: task,
    act: ({ ann }, { text }) => ann.call('tasks.update', { taskId: text, status: 'completed' }),
  },
  'tasks.delete / with a reminder': {
    prepare: task,
    act: ({ ann }, { text }) => ann.call('tasks.delete', { taskId: text }),
  },
  'tasks.restore / with a reminder': {
    prepare: async (scene) => {
      const { text } = await task(scene);
      await scene.ann.call('tasks.delete', { taskId: text });
      return { text };
    },
    act: ({ ann }, { text }) => ann.call('tasks.restore', { taskId: text }),
  },
  'users.updateMe / with a reminder at a local time': {
    prepare: async ({ bob }) => {
      await bob.call('reminders.create', { message: 'Water', localTime: inHours(48).slice(0, 16) });
      return undefined;
    },
    act: ({ bob }) => bob.call('users.updateMe', { timezone: 'Asia/Tokyo' }),
  },
  'conversations.removeMember / with a reminder': {
    prepare: async ({ bob, channel, lastId }) => {
      await bob.call('reminders.create', { messageId: lastId, scheduledAt: inHours(1) });
      await bob.call('reminders.create', { conversationId: channel, message: 'Stand-up', scheduledAt: inHours(1) });
      return undefined;
    },
    act: ({ ann, bob, channel }) =>
      ann.call('conversations.removeMember', { conversationId: channel, userId: bob.userId }),
  },
  'members.remove / with a reminder': {
    prepare: task,
    act: ({ ann, bob, workspaceId }) => ann.call('members.remove', { workspaceId, userId: bob.userId }),
  },
  'workspaces.delete / with a reminder': {
    prepare: task,
    act: ({ ann, workspaceId }) => ann.call('workspaces.delete', { workspaceId }),
  },
};
