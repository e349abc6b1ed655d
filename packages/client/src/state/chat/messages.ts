import type { Message } from '@atrium/protocol';
import { sizes } from '@atrium/protocol/routes';
import type { LiveEvent } from '../event.ts';
import type { IdentityState } from '../identity.ts';
import type { Reducer } from '../slice.ts';
import { type ChatReducers, type ChatState, changeConversation, type LiveConversation } from './state.ts';
import { changeWindows, type MessageChangeType, messageChanges } from './window-changes.ts';

/** Reducers for messages, in the loaded history and as the last message of their conversation. */
export const messageReducers = {
  'message:receive': (state, message) => ({
    ...changeConversation(state, message.conversationId, (conversation) => receive(conversation, message, state.me)),
    ...changeWindows(state, { type: 'message:receive', data: message }),
  }),
  'message:updated': changed('message:updated'),
  'message:deleted': changed('message:deleted'),
  'reaction:added': changed('reaction:added'),
  'reaction:removed': changed('reaction:removed'),
  'thread:updated': changed('thread:updated'),
  // A mention of me. The order of the mention and a read mark of mine does not matter.
  'mention:received': (state, { conversationId, seq }) =>
    changeConversation(state, conversationId, ({ mentions, receipts }) => {
      const readSeq = (state.me && receipts[state.me.id]?.readSeq) ?? 0;
      if (seq <= readSeq || mentions.includes(seq)) return {};
      return { mentions: [...mentions, seq].sort((one, other) => one - other).slice(-sizes.mentions) };
    }),
  'mention:removed': (state, { conversationId, seq }) =>
    changeConversation(state, conversationId, ({ mentions }) =>
      mentions.includes(seq) ? { mentions: mentions.filter((each) => each !== seq) } : {},
    ),
  // An expired message that keeps its place is never the last one.
  'messages:expired': (state, expired) => ({
    ...changeConversation(state, expired.conversationId, ({ lastMessage }) =>
      lastMessage && lastMessage.seq < expired.beforeSeq ? { lastMessage: null } : {},
    ),
    ...changeWindows(state, { type: 'messages:expired', data: expired }),
  }),
} satisfies ChatReducers;

/**
 * A message of another user is unread unless a read mark of mine, from another device, has arrived before it. Replies
 * count in their threads.
 */
function receive(
  { lastMessage, receipts, unread }: LiveConversation,
  message: Message,
  me: IdentityState['me'],
): Partial<LiveConversation> {
  const mine = me ? receipts[me.id] : undefined;
  const isOther = message.senderId !== me?.id && message.threadId === undefined;
  const counts = isOther && message.seq > (mine?.readSeq ?? 0);
  return {
    lastMessage: lastMessage && lastMessage.seq > message.seq ? lastMessage : message,
    unread: counts ? Math.min(unread + 1, sizes.unread) : unread,
  };
}

function changed<Type extends MessageChangeType>(type: Type): Reducer<ChatState, ChatState, Type> {
  return (state, data) => {
    const { change, conversationId, messageId } = messageChanges[type](data);
    return {
      ...changeConversation(state, conversationId, ({ lastMessage }) =>
        lastMessage?.id === messageId ? { lastMessage: change(lastMessage) } : {},
      ),
      ...changeWindows(state, { type, data } as LiveEvent),
    };
  };
}
