import { letIn, observe, type Scene, say } from '../../../../../test/faults/cast.ts';
import type { Case } from '../../../../../test/faults/snapshot-case.ts';

/** Dan is a customer with a case that is assigned to bob; `text` is its id. */
const served: NonNullable<Case['prepare']> = async (scene) => {
  await letIn(scene, scene.workspaceId, scene.dan, 'customer');
  const { id } = await scene.dan.call('conversations.create', { workspaceId: scene.workspaceId, kind: 'support' });
  await scene.bob.call('support.take', { conversationId: id });
  return { text: id };
};

/** The same, and another customer is observed too. */
const withRival: NonNullable<Case['prepare']> = async (scene) => {
  const extra = await observe(scene.app, scene.url, 'Ria');
  return { ...(await served(scene)), extra };
};

const role = (scene: Scene, userId: string, to: 'admin' | 'member' | 'guest' | 'customer') =>
  scene.ann.call('members.update', { workspaceId: scene.workspaceId, userId, role: to });

/** Guests and customers see only part of a workspace, and get no events about the rest. */
export const cases: Record<string, Case> = {
  'conversations.addMember / to a case': {
    prepare: served,
    act: async ({ ann, bob, eve }, { text: conversationId }) => {
      await ann.call('conversations.removeMember', { conversationId, userId: bob.userId });
      await ann.call('conversations.removeMember', { conversationId, userId: eve.userId });
      await ann.call('conversations.addMember', { conversationId, userId: bob.userId });
    },
  },
  'conversations.removeMember / a guest, who comes back': {
    act: async ({ ann, gus, channel: conversationId }) => {
      await ann.call('conversations.removeMember', { conversationId, userId: gus.userId });
      await ann.call('conversations.addMember', { conversationId, userId: gus.userId });
    },
  },
  'users.updateMe / who serves a customer': {
    prepare: served,
    act: async ({ bob, dan }) => {
      await bob.call('users.updateMe', { name: 'Robin' });
      await dan.call('users.updateMe', { name: 'Daniel' });
    },
  },
  'users.updateMe / while a customer comes to see them': {
    prepare: async (scene) => {
      await letIn(scene, scene.workspaceId, scene.dan, 'customer');
      const { id } = await scene.dan.call('conversations.create', { workspaceId: scene.workspaceId, kind: 'support' });
      return { text: id };
    },
    act: ({ bob }, { text }) =>
      Promise.all([
        bob.call('users.updateMe', { name: `Rob ${crypto.randomUUID().slice(0, 4)}` }),
        bob.call('support.take', { conversationId: text }),
        bob.call('users.updateMe', { name: `Rob ${crypto.randomUUID().slice(0, 4)}` }),
      ]),
  },
  'members.update / who serves a customer': {
    prepare: served,
    act: async (scene) => {
      await role(scene, scene.bob.userId, 'admin');
      await role(scene, scene.bob.userId, 'guest');
    },
  },
  'members.update / customer to member and back': {
    prepare: served,
    act: async (scene) => {
      await role(scene, scene.dan.userId, 'member');
      await say(scene.ann, scene.general);
      await role(scene, scene.dan.userId, 'customer');
    },
  },
  'members.update / member to guest and back': {
    act: async (scene) => {
      await role(scene, scene.bob.userId, 'guest');
      await say(scene.ann, scene.channel);
      await role(scene, scene.bob.userId, 'member');
    },
  },
  'members.remove / who serves a customer': {
    prepare: served,
    act: ({ ann, bob, workspaceId }) => ann.call('members.remove', { workspaceId, userId: bob.userId }),
  },
  'workspaces.join / another customer, who asks something and leaves': {
    prepare: withRival,
    act: async (scene, { extra }) => {
      const { workspaceId, bob } = scene;
      await letIn(scene, workspaceId, extra, 'customer');
      const { id } = await extra.call('conversations.create', { workspaceId, kind: 'support' });
      await bob.call('support.take', { conversationId: id });
      await say(extra, id);
      await extra.call('workspaces.leave', { workspaceId });
    },
  },
  'workspaces.update / with a customer': {
    prepare: served,
    act: ({ ann, workspaceId }) => ann.call('workspaces.update', { workspaceId, name: 'Meadow' }),
  },
};
