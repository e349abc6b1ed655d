import { pins, sizes } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { lockMessage, messagesById } from '../rows/message-store.ts';
import { presentMessage } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import { countPins, deletePin, insertPin, pinnedMessages } from './store.ts';

/** One transaction at a time counts and changes the pins of a conversation. */
const countedAlone = { lock: 'change' } as const;

/** Operations on pinned messages. */
export const pinOperations: readonly Implementation[] = [
  read(pins.list, async ({ db, input }) => ({
    items: (await pinnedMessages(db, input.conversationId)).map(({ pin, message }) => ({
      message: presentMessage(message),
      pinnedBy: pin.pinned_by,
      pinnedAt: pin.pinned_at.toISOString(),
    })),
    nextCursor: null,
  })),

  command(
    pins.add,
    async ({ actor, append, input, now, subject, tx }) => {
      const { conversationId, messageId } = input;
      if (subject.conversation.archived_at !== null) throw problem('archived');
      // Locked, so that a transaction that removes the message finds the pin.
      const message = await lockMessage(tx, messageId);
      if (message?.conversation_id !== conversationId) throw problem('not_found');
      if (message.deleted_at !== null) throw problem('conflict', 'The message was deleted.');
      const pin = { conversation_id: conversationId, message_id: messageId, pinned_by: actor.userId, pinned_at: now };
      if (!(await insertPin(tx, pin))) return {};
      if ((await countPins(tx, conversationId)) > sizes.pins) {
        throw problem('conflict', `A conversation has at most ${sizes.pins} pinned messages.`);
      }
      append(conversationStream(conversationId), 'pin:added', { conversationId, messageId });
      return {};
    },
    countedAlone,
  ),

  command(
    pins.remove,
    async ({ append, input, subject, tx }) => {
      const { conversationId, messageId } = input;
      if (subject.conversation.archived_at !== null) throw problem('archived');
      const message = (await messagesById(tx, [messageId])).get(messageId);
      if (message?.conversation_id !== conversationId) throw problem('not_found');
      const removed = await deletePin(tx, conversationId, messageId);
      if (removed) append(conversationStream(conversationId), 'pin:removed', { conversationId, messageId });
      return {};
    },
    countedAlone,
  ),
];
