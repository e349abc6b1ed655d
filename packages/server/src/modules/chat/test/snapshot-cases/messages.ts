import { randomUUID } from 'node:crypto';
import { type Scene, say } from '../../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../../test/faults/snapshot-case.ts';

export const cases: Record<string, Case> = {
  'messages.send': act(({ gus, channel }) => say(gus, channel)),
  'messages.send / several at once': act(({ ann, bob, gus, channel }) =>
    Promise.all([ann, bob, gus, ann, bob].map((person) => say(person, channel))),
  ),
  'messages.send / to a person': act(({ ann, bob }) =>
    ann.call('messages.send', { toUserId: bob.userId, content: 'Psst', clientMessageId: randomUUID() }),
  ),
  'messages.update': {
    act: async ({ ann, channel, lastId }) => {
      await ann.call('messages.update', { messageId: lastId, content: 'Better' });
      await say(ann, channel);
      await ann.call('messages.update', { messageId: lastId, content: 'Best' });
    },
  },
  'messages.update / sent meanwhile': {
    act: async ({ bob, channel }) => {
      const { message } = await say(bob, channel);
      await bob.call('messages.update', { messageId: message.id, content: 'Changed' });
    },
  },
  'messages.delete': { act: ({ ann, lastId }) => ann.call('messages.delete', { messageId: lastId }) },
  'messages.delete / sent and edited meanwhile': {
    act: async ({ ann, bob, channel }: Scene) => {
      const { message } = await say(bob, channel);
      await bob.call('messages.update', { messageId: message.id, content: 'Changed' });
      await ann.call('messages.delete', { messageId: message.id });
    },
  },
  'reactions.add': {
    act: async ({ ann, bob, gus, lastId: messageId }) => {
      await Promise.all([ann, bob, gus].map((who) => who.call('reactions.add', { messageId, emoji: ':tada:' })));
      await bob.call('reactions.add', { messageId, emoji: ':+1:' });
    },
  },
  'reactions.add / to what is deleted then': {
    act: async ({ ann, bob, lastId: messageId }) => {
      await bob.call('reactions.add', { messageId, emoji: ':+1:' });
      await ann.call('messages.delete', { messageId });
    },
  },
  'reactions.remove': {
    prepare: async ({ ann, bob, lastId: messageId }) => {
      await Promise.all([ann, bob].map((who) => who.call('reactions.add', { messageId, emoji: ':tada:' })));
    },
    act: async ({ ann, bob, lastId: messageId }) => {
      await ann.call('reactions.remove', { messageId, emoji: ':tada:' });
      await bob.call('reactions.add', { messageId, emoji: ':+1:' });
    },
  },
  'typing.start': act(({ bob, channel }) => bob.call('typing.start', { conversationId: channel })),
  'typing.stop': act(({ bob, channel }) => bob.call('typing.stop', { conversationId: channel })),
};
