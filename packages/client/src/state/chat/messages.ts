import type { EventData, Message } from '@atrium/protocol';
import { sizes } from '@atrium/protocol/routes';
import type { LiveEvent } from '../event.ts';
import type { IdentityState } from '../identity.ts';
import type { Reducer } from '../slice.ts';
import { react, unreact } from './reactions.ts';
import {
  type ChatReducers,
  type ChatState,
  changeConversation,
  type LiveConversation,
  type MessageWindow,
} from './state.ts';
import { append, changeItem, dropExpired } from './window.ts';

/** What an event makes of one message that is known already. */
interface MessageChange {
  conversationId: string;
  messageId: string;
  change(message: Message): Message;
}

/** Events that change a message. */
type ChangeType = 'message:updated' | 'message:deleted' | 'reaction:added' | 'reaction:removed' | 'thread:updated';

const changes: { [Type in ChangeType]: (data: EventData[Type]) => MessageChange } = {
  'message:updated': replacedBy,
  'message:deleted': replacedBy,
  'reaction:added': (data) => ({ ...data, change: (message) => react(message, data) }),
  'reaction:removed': (data) => ({ ...data, change: (message) => unreact(message, data) }),
  'thread:updated': ({ thread, ...data }) => ({
    ...data,
    change: ({ thread: _, ...message }) => (thread === null ? message : { ...message, thread }),
  }),
};

/** Events show messages as they are now: an older one may come after a newer state. */
function replacedBy(message: Message): MessageChange {
  const { conversationId, id } = message;
  return { conversationId, messageId: id, change: (known) => (known.version > message.version ? known : message) };
}

/** What becomes of messages that are shown: where they are loaded, and where one is the last of its conversation. */
export const messageReducers = {
  'message:receive': (state, message) => ({
    ...changeConversation(state, message.conversationId, (conversation) => receive(conversation, message, state.me)),
    ...changeWindow(state, message.conversationId, (window) => append(window, message)),
  }),
  'message:updated': changed('message:updated'),
  'message:deleted': changed('message:deleted'),
  'reaction:added': changed('reaction:added'),
  'reaction:removed': changed('reaction:removed'),
  'thread:updated': changed('thread:updated'),
  // Someone mentioned me. Whether that or a mark of mine comes first makes no difference.
  'mention:received': (state, { conversationId, seq }) =>
    changeConversation(state, conversationId, ({ mentions, receipts }) => {
      const readSeq = (state.me && receipts[state.me.id]?.readSeq) ?? 0;
      if (seq <= readSeq || mentions.includes(seq)) return {};
      return { mentions: [...mentions, seq].sort((one, other) => one - other).slice(-sizes.mentions) };
    }),
  // What keeps its place in the history is never the last message.
  'messages:expired': (state, expired) => ({
    ...changeConversation(state, expired.conversationId, ({ lastMessage }) =>
      lastMessage && lastMessage.seq < expired.beforeSeq ? { lastMessage: null } : {},
    ),
    ...changeWindow(state, expired.conversationId, (window) => dropExpired(window, expired)),
  }),
} satisfies ChatReducers;

/**
 * A message of someone else is unread unless a mark of mine, from another device, has come before it. Replies count in
 * their threads.
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

function changed<Type extends ChangeType>(type: Type): Reducer<ChatState, ChatState, Type> {
  return (state, data) => {
    const { change, conversationId, messageId } = changes[type](data);
    return {
      ...changeConversation(state, conversationId, ({ lastMessage }) =>
        lastMessage?.id === messageId ? { lastMessage: change(lastMessage) } : {},
      ),
      ...changeWindow(state, conversationId, (window) => changeItem(window, messageId, change)),
    };
  };
}

function changeWindow(
  { messages }: ChatState,
  conversationId: string,
  change: (window: MessageWindow) => MessageWindow,
): Partial<ChatState> {
  const window = messages[conversationId];
  const after = window && change(window);
  return after === undefined || after === window ? {} : { messages: { ...messages, [conversationId]: after } };
}

type WindowReducer = (state: ChatState & IdentityState, data: unknown) => Partial<ChatState> | undefined;

/** What an event changes in a loaded stretch of the history of its conversation; the same window: nothing. */
export function applyToWindow(window: MessageWindow, event: LiveEvent): MessageWindow {
  const { conversationId } = event.data as { conversationId?: string };
  if (conversationId === undefined) return window;
  const reducer = (messageReducers as ChatReducers)[event.type] as WindowReducer | undefined;
  const state: ChatState & IdentityState = { me: null, conversations: {}, messages: { [conversationId]: window } };
  return reducer?.(state, event.data)?.messages?.[conversationId] ?? window;
}
