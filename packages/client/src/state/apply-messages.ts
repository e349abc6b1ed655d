import type { Message } from '@atrium/protocol';
import { type Change, changeConversation } from './change.ts';
import type { LiveEvent } from './event.ts';
import type { LiveState, MessageWindow } from './live-state.ts';
import { append, replace } from './window.ts';

/** What an event changes in a loaded stretch of the history of its conversation; the same window: nothing. */
export function applyToWindow(window: MessageWindow, event: LiveEvent): MessageWindow {
  switch (event.type) {
    case 'message:receive':
      return append(window, event.data);
    case 'message:updated':
    case 'message:deleted':
      return replace(window, event.data);
    default:
      return window;
  }
}

/** The same for what is loaded of all conversations; undefined: nothing. */
export function changeWindow({ messages }: LiveState, conversationId: string, event: LiveEvent): Change {
  const window = messages[conversationId];
  if (window === undefined) return undefined;
  const changed = applyToWindow(window, event);
  return changed === window ? undefined : { messages: { ...messages, [conversationId]: changed } };
}

/** A message was edited or deleted: where it is shown as the last one, too. */
export function applyMessageChange(state: LiveState, message: Message): Change {
  return changeConversation(state, message.conversationId, ({ lastMessage }) =>
    lastMessage?.id === message.id ? { lastMessage: message } : {},
  );
}
