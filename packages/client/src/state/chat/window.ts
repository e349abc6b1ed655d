import type { EventData, Message } from '@atrium/protocol';
import type { ById } from '../by-id.ts';
import type { LiveConversation, MessageWindow } from './state.ts';

/** Maximum number of messages kept of one conversation or thread; others can be loaded again. */
const LONGEST_WINDOW = 2_000;

/** A page of history from the server. */
export interface HistoryPage {
  items: readonly Message[];
  moreBefore: boolean;
  moreAfter: boolean;
}

/** Appends a new message to a window that ends with the newest; the same window if it already has the message. */
export function append<Window extends MessageWindow>(window: Window, message: Message): Window {
  const last = window.items.at(-1);
  if (window.moreAfter || (last && last.seq >= message.seq)) return window;
  return cutStart({ ...window, items: [...window.items, message] });
}

/** Changes one message in its place; the same window if it is not loaded or does not change. */
export function changeItem<Window extends MessageWindow>(
  window: Window,
  id: string,
  change: (message: Message) => Message,
): Window {
  const at = window.items.findIndex((message) => message.id === id);
  const known = window.items[at];
  const changed = known && change(known);
  return changed === undefined || changed === known ? window : { ...window, items: window.items.with(at, changed) };
}

/** Removes expired messages from a window; the same window if it has none. */
export function dropExpired<Window extends MessageWindow>(
  window: Window,
  expired: EventData['messages:expired'],
): Window {
  const { beforeSeq, kept, moreBefore } = expired;
  const [first] = window.items;
  // The part between the two is not loaded, and unknown.
  if (first === undefined || first.seq > beforeSeq) return window;
  const items = window.items.filter(staysAfter(expired));
  const more = window.moreBefore && (moreBefore || kept.some((seq) => seq < first.seq));
  return items.length === window.items.length && more === window.moreBefore
    ? window
    : { ...window, items, moreBefore: more };
}

/** Returns a test for messages that remain after an expiry. */
function staysAfter({ beforeSeq, fromSeq, gone, kept }: EventData['messages:expired']) {
  const [left, ended] = [new Set(kept), new Set(gone)];
  return ({ seq }: Pick<Message, 'seq'>) => (seq < fromSeq ? !ended.has(seq) : seq >= beforeSeq || left.has(seq));
}

/** Whether the message at a position has expired. */
export function isExpired(seq: number, expired: EventData['messages:expired']): boolean {
  return !staysAfter(expired)({ seq });
}

/**
 * Joins a page to a window that it touches or overlaps; a page after a gap replaces the window.
 * @param asked the direction of the page, from an end of the window; undefined: from anywhere
 */
export function join(
  window: MessageWindow | undefined,
  page: HistoryPage,
  asked: 'before' | 'after' | undefined,
): MessageWindow {
  if (!window || (asked === undefined && !overlap(window.items, page.items))) return { ...page };
  const bySeq = new Map([...window.items, ...page.items].map((message) => [message.seq, message]));
  const items = [...bySeq.values()].sort((one, other) => one.seq - other.seq);
  const pageIsFirst = asked === 'before' || (asked === undefined && items[0] === page.items[0]);
  const pageIsLast = asked === 'after' || (asked === undefined && items.at(-1) === page.items.at(-1));
  const joined = {
    items,
    moreBefore: pageIsFirst ? page.moreBefore : window.moreBefore,
    moreAfter: pageIsLast ? page.moreAfter : window.moreAfter,
  };
  return asked === 'before' ? cutEnd(joined) : cutStart(joined);
}

/** Limits the length, at the end that the reader has scrolled away from. */
function cutStart<Window extends MessageWindow>(window: Window): Window {
  if (window.items.length <= LONGEST_WINDOW) return window;
  return { ...window, items: window.items.slice(-LONGEST_WINDOW), moreBefore: true };
}

function cutEnd(window: MessageWindow): MessageWindow {
  if (window.items.length <= LONGEST_WINDOW) return window;
  return { ...window, items: window.items.slice(0, LONGEST_WINDOW), moreAfter: true };
}

function overlap(one: readonly Message[], other: readonly Message[]): boolean {
  const [first, last] = [one[0], one.at(-1)];
  return first !== undefined && last !== undefined && other.some(({ seq }) => seq >= first.seq && seq <= last.seq);
}

/** Stored for a start without a connection: the conversations with the newest messages, a screen or two of each. */
const PERSISTED = { conversations: 50, messages: 50 };

/** The ends of the windows with the newest messages, of the conversations with the latest activity. */
export function newestWindows(
  conversations: ById<LiveConversation>,
  windows: ById<MessageWindow>,
): ById<MessageWindow> {
  const newest = Object.keys(windows)
    .filter((id) => windows[id]?.moreAfter === false)
    .sort((one, other) => lastAt(conversations[other]).localeCompare(lastAt(conversations[one])))
    .slice(0, PERSISTED.conversations);
  return Object.fromEntries(newest.flatMap((id) => (windows[id] ? [[id, endOf(windows[id])]] : [])));
}

function endOf(window: MessageWindow): MessageWindow {
  if (window.items.length <= PERSISTED.messages) return window;
  return { ...window, items: window.items.slice(-PERSISTED.messages), moreBefore: true };
}

function lastAt(conversation: LiveConversation | undefined): string {
  return conversation?.lastMessage?.createdAt ?? '';
}
