import type { EventData, Message } from '@atrium/protocol';
import { patch } from '../by-id.ts';
import type { LiveEvent } from '../event.ts';
import { react, unreact } from './reactions.ts';
import type { ChatState, MessageWindow, ThreadWindow } from './state.ts';
import { append, changeItem, dropExpired, isExpired } from './window.ts';

/** The change of a known message by an event. */
export interface MessageChange {
  conversationId: string;
  messageId: string;
  change(message: Message): Message;
}

/** Event types that change a message. */
export type MessageChangeType =
  | 'message:updated'
  | 'message:deleted'
  | 'reaction:added'
  | 'reaction:removed'
  | 'thread:updated';

export const messageChanges: { [Type in MessageChangeType]: (data: EventData[Type]) => MessageChange } = {
  'message:updated': replacedBy,
  'message:deleted': replacedBy,
  'reaction:added': (data) => ({ ...data, change: (message) => react(message, data) }),
  'reaction:removed': (data) => ({ ...data, change: (message) => unreact(message, data) }),
  'thread:updated': ({ thread, ...data }) => ({
    ...data,
    change: ({ thread: _, ...message }) => (thread === null ? message : { ...message, thread }),
  }),
};

/** Events contain the current message: an older event may arrive after a newer state. */
function replacedBy(message: Message): MessageChange {
  const { conversationId, id } = message;
  return { conversationId, messageId: id, change: (known) => (known.version > message.version ? known : message) };
}

/** The change of the loaded history of its conversation; the same object: none. */
interface WindowChange {
  conversationId: string;
  window(window: MessageWindow): MessageWindow;
  /** undefined: the thread no longer exists. */
  thread(thread: ThreadWindow): ThreadWindow | undefined;
}

/** The change of loaded history by an event; undefined: none. */
function windowChangeOf({ data, type }: Pick<LiveEvent, 'type' | 'data'>): WindowChange | undefined {
  if (type === 'message:receive') return received(data as Message);
  if (type === 'messages:expired') return expired(data as EventData['messages:expired']);
  return Object.hasOwn(messageChanges, type) ? changed(type as MessageChangeType, data) : undefined;
}

function received(message: Message): WindowChange {
  return {
    conversationId: message.conversationId,
    window: (window) => append(window, message),
    thread: (thread) => (thread.root.id === message.threadId ? append(thread, message) : thread),
  };
}

function expired(event: EventData['messages:expired']): WindowChange {
  return {
    conversationId: event.conversationId,
    window: (window) => dropExpired(window, event),
    thread: (thread) => (isExpired(thread.root.seq, event) ? undefined : dropExpired(thread, event)),
  };
}

function changed(type: MessageChangeType, data: LiveEvent['data']): WindowChange {
  const { change, conversationId, messageId } = (messageChanges[type] as (data: unknown) => MessageChange)(data);
  return {
    conversationId,
    window: (window) => changeItem(window, messageId, change),
    thread: (thread) =>
      thread.root.id === messageId
        ? patch(thread, { root: change(thread.root) })
        : changeItem(thread, messageId, change),
  };
}

/** The loaded history of a conversation after an event of its stream; the same object if nothing changed. */
export function applyToWindow(window: MessageWindow, event: LiveEvent): MessageWindow {
  return windowChangeOf(event)?.window(window) ?? window;
}

/** A loaded thread after an event on the stream of its conversation; undefined if it no longer exists. */
export function applyToThread(thread: ThreadWindow | undefined, event: LiveEvent): ThreadWindow | undefined {
  const change = windowChangeOf(event);
  return thread && change ? change.thread(thread) : thread;
}

/** The change of all loaded history by an event. */
export function changeWindows(
  { messages, replies }: ChatState,
  event: Pick<LiveEvent, 'type' | 'data'>,
): Partial<ChatState> {
  const change = windowChangeOf(event);
  if (change === undefined) return {};
  const { conversationId } = change;
  const window = messages[conversationId];
  return {
    messages: window ? patch(messages, { [conversationId]: change.window(window) }) : messages,
    replies: changeThreads(replies, change),
  };
}

function changeThreads(replies: ChatState['replies'], { conversationId, thread }: WindowChange): ChatState['replies'] {
  const entries = Object.entries(replies).flatMap(([id, known]): [string, ThreadWindow][] => {
    const after = known.root.conversationId === conversationId ? thread(known) : known;
    return after ? [[id, after]] : [];
  });
  const isSame = entries.length === Object.keys(replies).length && entries.every(([id, each]) => replies[id] === each);
  return isSame ? replies : Object.fromEntries(entries);
}
