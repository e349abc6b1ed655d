import type { DurableType } from '@atrium/protocol';
import { letIn, type Scene } from '../../../../test/faults/cast.ts';
import type { Case } from '../../../../test/faults/snapshot-case.ts';

type TaskInput = Record<string, unknown>;

/** Ann creates a task of the workspace with bob and gus as members. */
const make = async ({ ann, bob, gus, workspaceId }: Scene, fields: TaskInput = {}) => {
  const memberIds = [bob.userId, gus.userId];
  return (await ann.call('tasks.create', { workspaceId, title: 'Paint the fence', memberIds, ...fields })).id;
};

/** Does the same before the snapshot; `text` is its id. */
const made =
  (fields: TaskInput = {}): NonNullable<Case['prepare']> =>
  async (scene) => ({ text: await make(scene, fields) });

const label = ({ ann, workspaceId }: Scene) => ann.call('labels.create', { workspaceId, name: 'Garden' });

const role = ({ ann, workspaceId }: Scene, userId: string, to: 'admin' | 'member' | 'guest' | 'customer') =>
  ann.call('members.update', { workspaceId, userId, role: to });

export const cases: Record<string, Case> = {
  'tasks.create': { act: (scene) => make(scene) },
  'tasks.create / for its members only': { act: (scene) => make(scene, { visibility: 'members' }) },
  'tasks.create / completed at once': { act: (scene) => make(scene, { status: 'completed' }) },
  'tasks.create / in a personal workspace': { act: ({ dan }) => dan.call('tasks.create', { title: 'Mow the lawn' }) },
  'tasks.create / a sub-task': {
    prepare: made(),
    act: async (scene, { text }) => {
      const id = await make(scene, { parentId: text });
      await scene.gus.call('tasks.update', { taskId: id, status: 'completed' });
    },
  },
  'tasks.update': {
    prepare: made(),
    act: async (scene, { text: taskId }) => {
      const { id } = await label(scene);
      await scene.bob.call('tasks.update', { taskId, title: 'Paint it red', dueOn: '2027-01-31', labelIds: [id] });
      await scene.eve.call('tasks.update', { taskId, priority: 'high' });
    },
  },
  'tasks.update / completed, reopened, completed': {
    prepare: made({ dueOn: '2027-01-31', recurrence: { rule: 'FREQ=MONTHLY' } }),
    act: async ({ bob }, { text: taskId }) => {
      await bob.call('tasks.update', { taskId, status: 'completed', comment: 'Done' });
      await bob.call('tasks.update', { taskId, status: 'in-progress' });
      await bob.call('tasks.update', { taskId, status: 'completed' });
    },
  },
  'tasks.update / reopened': {
    prepare: made({ status: 'completed', visibility: 'members' }),
    act: ({ gus }, { text: taskId }) => gus.call('tasks.update', { taskId, status: 'todo', title: 'Once more' }),
  },
  'tasks.update / hidden, and shown': {
    prepare: made(),
    act: async ({ ann }, { text: taskId }) => {
      await ann.call('tasks.update', { taskId, visibility: 'members' });
      await ann.call('tasks.update', { taskId, visibility: 'workspace' });
    },
  },
  'tasks.move': {
    prepare: made(),
    act: async (scene, { text: taskId }) => {
      const other = await make(scene);
      await scene.bob.call('tasks.move', { taskId: other, afterId: null });
      await scene.bob.call('tasks.move', { taskId, status: 'in-progress' });
    },
  },
  'tasks.delete': { prepare: made(), act: ({ ann }, { text: taskId }) => ann.call('tasks.delete', { taskId }) },
  'tasks.delete / with sub-tasks, and back': {
    prepare: async (scene) => {
      const text = await make(scene);
      await make(scene, { parentId: text });
      return { text };
    },
    act: async ({ ann }, { text: taskId }) => {
      await ann.call('tasks.delete', { taskId });
      await ann.call('tasks.restore', { taskId });
    },
  },
  'tasks.restore': {
    prepare: async (scene) => {
      const text = await make(scene, { visibility: 'members' });
      await scene.ann.call('tasks.delete', { taskId: text });
      return { text };
    },
    act: ({ ann }, { text: taskId }) => ann.call('tasks.restore', { taskId }),
  },
  'tasks.addMember': {
    prepare: made(),
    act: ({ ann, eve }, { text: taskId }) => ann.call('tasks.addMember', { taskId, userId: eve.userId }),
  },
  'tasks.addMember / a customer, who sees those of the task': {
    prepare: async (scene) => {
      await letIn(scene, scene.workspaceId, scene.dan, 'customer');
      const { ann, bob, workspaceId } = scene;
      return { text: (await ann.call('tasks.create', { workspaceId, title: 'Ring', memberIds: [bob.userId] })).id };
    },
    act: async ({ ann, dan, eve }, { text: taskId }) => {
      await ann.call('tasks.addMember', { taskId, userId: dan.userId });
      await ann.call('tasks.addMember', { taskId, userId: eve.userId });
      await ann.call('tasks.removeMember', { taskId, userId: eve.userId });
    },
  },
  'tasks.removeMember': {
    prepare: made({ visibility: 'members' }),
    act: async ({ ann, gus, bob }, { text: taskId }) => {
      await gus.call('tasks.removeMember', { taskId, userId: gus.userId });
      await ann.call('tasks.removeMember', { taskId, userId: bob.userId });
    },
  },
  'tasks.bulk': {
    prepare: made(),
    act: async (scene, { text }) => {
      const taskIds = [text, await make(scene, { visibility: 'members' })];
      await scene.bob.call('tasks.bulk', { taskIds, action: { type: 'move', status: 'in-progress', afterId: null } });
      await scene.bob.call('tasks.bulk', { taskIds, action: { type: 'complete' } });
      await scene.ann.call('tasks.bulk', { taskIds, action: { type: 'delete' } });
    },
  },
  'tasks.fromMessage': {
    act: ({ bob, lastId }) => bob.call('tasks.fromMessage', { messageId: lastId, title: 'Do it' }),
  },
  'commands.run / a task': {
    act: ({ bob, channel }) =>
      bob.call('commands.run', {
        conversationId: channel,
        text: '/task Buy nails tomorrow !high',
        clientMessageId: crypto.randomUUID(),
      }),
  },
  'taskComments.add': {
    prepare: made(),
    act: ({ gus }, { text: taskId }) => gus.call('taskComments.add', { taskId, content: 'Red, @channel?' }),
  },
  'taskComments.update': {
    prepare: made(),
    act: async ({ gus }, { text: taskId }) => {
      const { id: commentId } = await gus.call('taskComments.add', { taskId, content: 'Red?' });
      await gus.call('taskComments.update', { taskId, commentId, content: 'Blue?' });
    },
  },
  'taskComments.delete': {
    prepare: made(),
    act: async ({ gus, ann }, { text: taskId }) => {
      const { id: commentId } = await gus.call('taskComments.add', { taskId, content: 'Red?' });
      await ann.call('taskComments.delete', { taskId, commentId });
    },
  },
  'labels.create': { act: label },
  'labels.update': {
    prepare: async (scene) => ({ text: (await label(scene)).id }),
    act: ({ bob, workspaceId }, { text: labelId }) =>
      bob.call('labels.update', { workspaceId, labelId, name: 'Shed', color: '#00ff00' }),
  },
  'labels.delete': {
    prepare: async (scene) => {
      const { id } = await label(scene);
      await make(scene, { labelIds: [id] });
      return { text: id };
    },
    act: ({ ann, workspaceId }, { text: labelId }) => ann.call('labels.delete', { workspaceId, labelId }),
  },
  'members.update / of tasks': {
    prepare: async (scene) => {
      await label(scene);
      return { text: await make(scene, { visibility: 'members' }) };
    },
    act: async (scene) => {
      await role(scene, scene.bob.userId, 'admin');
      await role(scene, scene.bob.userId, 'guest');
      await role(scene, scene.gus.userId, 'customer');
      await role(scene, scene.gus.userId, 'member');
    },
  },
  'members.remove / who owns tasks': {
    prepare: async (scene) => {
      const { bob, gus, workspaceId } = scene;
      const memberIds = [gus.userId];
      await bob.call('tasks.create', { workspaceId, title: 'Alone', visibility: 'members' });
      const input = { workspaceId, title: 'With gus', visibility: 'members' as const, memberIds };
      await bob.call('tasks.create', input);
      return { text: await make(scene) };
    },
    act: ({ ann, bob, workspaceId }) => ann.call('members.remove', { workspaceId, userId: bob.userId }),
  },
  'workspaces.delete / with tasks': {
    prepare: made(),
    act: ({ ann, workspaceId }) => ann.call('workspaces.delete', { workspaceId }),
  },
};

/** Events for screens with tasks that the caller does not follow, and for notifications. */
export const eventsWithoutState: DurableType[] = [
  'task:created',
  'task:deleted',
  'task:commented',
  'task:commentUpdated',
  'task:commentDeleted',
  'task:mentioned',
  'message:task',
];
