import type { Message } from '@atrium/protocol';
import { type Change, changeConversation } from './change.ts';
import type { LiveEvent } from './event.ts';
import type { LiveState, MessageWindow } from './live-state.ts';
import { react, unreact } from './reactions.ts';
import { append, changeItem, dropExpired } from './window.ts';

/** What an event makes of one message that is known already. */
interface MessageChange {
  conversationId: string;
  messageId: string;
  change(message: Message): Message;
}

function messageChange(event: LiveEvent): MessageChange | undefined {
  switch (event.type) {
    case 'message:updated':
    case 'message:deleted': {
      const { conversationId, id } = event.data;
      // Events show messages as they are now: an older one may come after a newer state.
      const change = (known: Message) => (known.version > event.data.version ? known : event.data);
      return { conversationId, messageId: id, change };
    }
    case 'reaction:added':
      return { ...event.data, change: (message) => react(message, event.data) };
    case 'reaction:removed':
      return { ...event.data, change: (message) => unreact(message, event.data) };
    case 'thread:updated': {
      const { thread } = event.data;
      const change = ({ thread: _, ...message }: Message) => (thread === null ? message : { ...message, thread });
      return { ...event.data, change };
    }
    default:
      return undefined;
  }
}

/** What an event changes in a loaded stretch of the history of its conversation; the same window: nothing. */
export function applyToWindow(window: MessageWindow, event: LiveEvent): MessageWindow {
  if (event.type === 'message:receive') return append(window, event.data);
  if (event.type === 'messages:expired') return dropExpired(window, event.data);
  const news = messageChange(event);
  return news ? changeItem(window, news.messageId, news.change) : window;
}

/** The same for what is loaded of all conversations; undefined: nothing. */
export function changeWindow({ messages }: LiveState, conversationId: string, event: LiveEvent): Change {
  const window = messages[conversationId];
  if (window === undefined) return undefined;
  const changed = applyToWindow(window, event);
  return changed === window ? undefined : { messages: { ...messages, [conversationId]: changed } };
}

/** Something became of a message: where it is loaded, and where it is shown as the last one. */
export function applyMessageChange(state: LiveState, event: LiveEvent): Change {
  const news = messageChange(event);
  if (news === undefined) return undefined;
  return {
    ...changeConversation(state, news.conversationId, ({ lastMessage }) =>
      lastMessage?.id === news.messageId ? { lastMessage: news.change(lastMessage) } : {},
    ),
    ...changeWindow(state, news.conversationId, event),
  };
}

/** What was kept long enough is gone, also from what is loaded. What keeps its place is never the last message. */
export function applyExpiry(state: LiveState, event: Extract<LiveEvent, { type: 'messages:expired' }>): Change {
  const { conversationId, beforeSeq } = event.data;
  return {
    ...changeConversation(state, conversationId, ({ lastMessage }) =>
      lastMessage && lastMessage.seq < beforeSeq ? { lastMessage: null } : {},
    ),
    ...changeWindow(state, conversationId, event),
  };
}
