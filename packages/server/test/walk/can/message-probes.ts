import { randomUUID } from 'node:crypto';
import type { MessageCan } from '@atrium/protocol';
import type { Outcome } from '../transports.ts';

/** One key for one message. */
export interface MessageProbe {
  call(name: string, input: Record<string, unknown>): Promise<Outcome>;
  conversationId: string;
  messageId: string;
  isDeleted: boolean;
}

const done = async (outcome: Promise<Outcome>): Promise<boolean> => (await outcome).problem === undefined;

/** Tries each key. @returns whether it was done; what was already the case does not count */
export const messageProbes: Record<keyof MessageCan, (probe: MessageProbe) => Promise<boolean>> = {
  edit: ({ call, messageId }) => done(call('messages.update', { messageId, content: randomUUID() })),
  delete: async ({ call, isDeleted, messageId }) => (await done(call('messages.delete', { messageId }))) && !isDeleted,
  react: ({ call, messageId }) => done(call('reactions.add', { messageId, emoji: '👍' })),
  reply: ({ call, conversationId, messageId }) =>
    done(call('messages.send', { conversationId, content: 'Yes', replyTo: messageId, clientMessageId: randomUUID() })),
  pin: ({ call, conversationId, messageId }) => done(call('pins.add', { conversationId, messageId })),
  save: ({ call, messageId }) => done(call('saved.add', { messageId })),
  history: ({ call, messageId }) => done(call('messages.history', { messageId })),
};
