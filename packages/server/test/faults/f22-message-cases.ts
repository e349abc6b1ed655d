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
};
