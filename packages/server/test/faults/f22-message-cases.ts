import { type Scene, say } from './cast.ts';
import type { Case } from './f22-case.ts';

/** What becomes of messages after they were sent. */
export const messageCases: Record<string, Case> = {
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
      return {};
    },
    act: async ({ ann, bob, lastId: messageId }) => {
      await ann.call('reactions.remove', { messageId, emoji: ':tada:' });
      await bob.call('reactions.add', { messageId, emoji: ':+1:' });
    },
  },
};
