import { sizes } from '@atrium/protocol';
import { fill, letIn, say } from '../../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../../test/faults/snapshot-case.ts';

export const cases: Record<string, Case> = {
  'conversations.create': act(({ ann, bob, eve, workspaceId }) =>
    ann.call('conversations.create', {
      workspaceId,
      kind: 'group',
      topic: 'seeds',
      memberIds: [bob.userId, eve.userId],
    }),
  ),
  'conversations.create / direct': act(({ ann, bob, workspaceId }) =>
    ann.call('conversations.create', { workspaceId, kind: 'direct', memberIds: [bob.userId] }),
  ),
  'conversations.create / support': {
    prepare: async (scene) => {
      await letIn(scene, scene.workspaceId, scene.dan, 'customer');
    },
    act: ({ dan, workspaceId }) => dan.call('conversations.create', { workspaceId, kind: 'support' }),
  },
  'conversations.update': act(({ ann, channel }) =>
    ann.call('conversations.update', { conversationId: channel, name: 'Ideas', topic: 'seeds' }),
  ),
  'conversations.update / archive': act(({ ann, channel }) =>
    ann.call('conversations.update', { conversationId: channel, archived: true }),
  ),
  'conversations.update / archive and unarchive': act(async ({ ann, channel }) => {
    await ann.call('conversations.update', { conversationId: channel, archived: true });
    await ann.call('conversations.update', { conversationId: channel, archived: false });
  }),
  'conversations.delete': act(({ ann, channel }) => ann.call('conversations.delete', { conversationId: channel })),
  'conversations.delete / made meanwhile': act(async ({ ann, bob, workspaceId }) => {
    const memberIds = [bob.userId];
    const { id } = await ann.call('conversations.create', { workspaceId, kind: 'group', memberIds });
    await say(bob, id);
    await ann.call('conversations.delete', { conversationId: id });
  }),
  'conversations.addMember': act(({ ann, eve, channel }) =>
    ann.call('conversations.addMember', { conversationId: channel, userId: eve.userId }),
  ),
  'conversations.addMember / the hundred and first': {
    prepare: async (scene) => {
      await fill(scene, scene.workspaceId, scene.channel, 100);
    },
    act: ({ ann, eve, channel }) =>
      ann.call('conversations.addMember', { conversationId: channel, userId: eve.userId }),
  },
  'conversations.addMember / too many to mention everyone': {
    prepare: async (scene) => {
      await fill(scene, scene.workspaceId, scene.channel, sizes.mentionAll);
    },
    act: ({ ann, eve, channel }) =>
      ann.call('conversations.addMember', { conversationId: channel, userId: eve.userId }),
  },
  'conversations.removeMember / few enough to mention everyone': {
    prepare: async (scene) => {
      await fill(scene, scene.workspaceId, scene.channel, sizes.mentionAll + 1);
    },
    act: ({ ann, gus, channel }) =>
      ann.call('conversations.removeMember', { conversationId: channel, userId: gus.userId }),
  },
  'conversations.removeMember': act(({ ann, bob, channel }) =>
    ann.call('conversations.removeMember', { conversationId: channel, userId: bob.userId }),
  ),
  'conversations.removeMember / the one who runs it': act(({ ann, channel }) =>
    ann.call('conversations.removeMember', { conversationId: channel, userId: ann.userId }),
  ),
  'conversations.removeMember / and add again': act(async ({ ann, bob, channel }) => {
    await ann.call('conversations.removeMember', { conversationId: channel, userId: bob.userId });
    await say(ann, channel);
    await ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId });
    await say(ann, channel);
  }),
  'conversations.join': act(({ eve, open }) => eve.call('conversations.join', { conversationId: open })),
};
