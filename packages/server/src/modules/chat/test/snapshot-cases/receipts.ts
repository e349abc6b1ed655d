import type { Person } from '../../../../../test/app.ts';
import { fill, type Scene, say } from '../../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../../test/faults/snapshot-case.ts';

const hideReceipts = (person: Person, hide = true) =>
  person.call('users.updateMe', { preferences: { hideReceipts: hide } });

const readAll = async ({ bob, channel }: Scene) => {
  await bob.call('messages.ack', { conversationId: channel, readSeq: 1_000_000 });
  return undefined;
};

export const cases: Record<string, Case> = {
  'users.updateMe / hide receipts': act(({ bob }) => hideReceipts(bob)),
  'users.updateMe / show receipts': {
    prepare: async (scene) => {
      await hideReceipts(scene.bob);
      await say(scene.gus, scene.channel);
      await scene.bob.call('messages.ack', { conversationId: scene.channel, readSeq: scene.last });
    },
    act: ({ bob }) => hideReceipts(bob, false),
  },
  'users.updateMe / hide receipts, while others move theirs': act(async (scene) => {
    const { ann, bob, gus, channel, last } = scene;
    await Promise.all([
      hideReceipts(bob),
      gus.call('messages.ack', { conversationId: channel, readSeq: last }),
      say(ann, channel),
      scene.bob.call('messages.ack', { conversationId: channel, readSeq: last }),
    ]);
    await hideReceipts(bob, false);
    await hideReceipts(gus);
  }),
  'users.updateMe / hide receipts in a large conversation': {
    prepare: async (scene) => {
      await fill(scene, scene.workspaceId, scene.channel, 101);
    },
    act: ({ bob }) => hideReceipts(bob),
  },
  'conversations.addMember / who hides receipts': {
    prepare: async (scene) => {
      await scene.bob.call('conversations.removeMember', { conversationId: scene.channel, userId: scene.bob.userId });
      await hideReceipts(scene.bob);
      await say(scene.ann, scene.channel);
    },
    act: async ({ ann, bob, channel }) => {
      await ann.call('conversations.addMember', { conversationId: channel, userId: bob.userId });
      const { message } = await say(ann, channel);
      await bob.call('messages.ack', { conversationId: channel, readSeq: message.seq });
    },
  },
  'conversations.addMember / where one hides receipts': {
    prepare: async (scene) => {
      await hideReceipts(scene.gus);
    },
    act: ({ ann, eve, channel }) =>
      ann.call('conversations.addMember', { conversationId: channel, userId: eve.userId }),
  },
  'conversations.removeMember / back to a hundred': {
    prepare: async (scene) => {
      await hideReceipts(scene.gus);
      await fill(scene, scene.workspaceId, scene.channel, 101);
    },
    act: ({ bob, channel }) => bob.call('conversations.removeMember', { conversationId: channel, userId: bob.userId }),
  },
  'messages.ack': act(({ bob, channel, last }) =>
    bob.call('messages.ack', { conversationId: channel, deliveredSeq: last, readSeq: last - 1 }),
  ),
  'messages.ack / all': act(({ bob, channel }) =>
    bob.call('messages.ack', { conversationId: channel, readSeq: 1_000_000 }),
  ),
  'messages.ack / hidden': {
    prepare: async (scene) => {
      await hideReceipts(scene.bob);
    },
    act: async ({ bob, gus, channel, last }) => {
      await gus.call('messages.ack', { conversationId: channel, readSeq: last });
      await bob.call('messages.ack', { conversationId: channel, readSeq: last - 1 });
    },
  },
  'messages.ack / in a large conversation': {
    prepare: async (scene) => {
      await fill(scene, scene.workspaceId, scene.channel, 101);
    },
    act: async ({ ann, bob, channel, last }) => {
      await say(ann, channel);
      await bob.call('messages.ack', { conversationId: channel, readSeq: last });
    },
  },
  'messages.markUnread': {
    prepare: readAll,
    act: ({ bob, channel, last }) => bob.call('messages.markUnread', { conversationId: channel, fromSeq: last - 1 }),
  },
  'messages.markUnread / hidden': {
    prepare: async (scene) => {
      await hideReceipts(scene.bob);
      await readAll(scene);
    },
    act: async ({ ann, bob, channel, last }) => {
      await bob.call('messages.markUnread', { conversationId: channel, fromSeq: last });
      await say(ann, channel);
    },
  },
};
