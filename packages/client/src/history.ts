import type { User } from '@atrium/protocol';
import type { InputNamed, OutputNamed } from './api-names.ts';
import type { ChatState, MessageWindow, ThreadWindow } from './state/chat/state.ts';
import { join } from './state/chat/window.ts';
import { applyToThread, applyToWindow } from './state/chat/window-changes.ts';
import type { LiveEvent } from './state/event.ts';

/**
 * The requested page of a conversation's history: the newest, the one before or after the loaded part, or around a
 * position.
 */
export interface HistoryQuery {
  direction?: 'before' | 'after';
  /** A position: the page around it replaces the loaded part unless they overlap. */
  around?: number;
  /** The part around the first unread message, or else the newest. */
  from?: 'firstUnread';
  /** Number of messages, at most 200; 50 unless given. */
  limit?: number;
}

/** The requested page of a thread: the newest replies, or those before or after the loaded ones. */
export type ThreadQuery = Pick<HistoryQuery, 'direction' | 'limit'>;

type Loaded = Pick<ChatState, 'messages' | 'replies'>;

export interface HistoryOptions {
  list(input: InputNamed<'messages.list'>): Promise<OutputNamed<'messages.list'>>;
  replies(input: InputNamed<'threads.replies'>): Promise<OutputNamed<'threads.replies'>>;
  /** Profiles in the loaded page. */
  onPeople(people: readonly User[]): void;
  loaded(): Loaded;
  setLoaded(loaded: Partial<Loaded>): void;
}

/** Loads parts of the history into the state, where they are updated by the stream. */
export class History {
  readonly #options: HistoryOptions;
  /** Events that arrive while a page is loaded, and that the page may not include. */
  readonly #arriving = new Set<LiveEvent[]>();

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Throws AtriumError. */
  async load(conversationId: string, { around, direction, from, limit }: HistoryQuery): Promise<MessageWindow> {
    const { list, loaded, setLoaded } = this.#options;
    const edge = edgeOf(loaded().messages[conversationId], direction);
    const { arrived, page } = await this.#page(() =>
      list({
        conversationId,
        ...(limit === undefined ? {} : { limit }),
        ...edge,
        ...(direction === undefined && around !== undefined ? { around } : {}),
        ...(direction === undefined && around === undefined && from !== undefined ? { from } : {}),
      }),
    );
    const { messages } = loaded();
    const joined = join(messages[conversationId], page, edge && direction);
    const window = arrived(conversationId).reduce(applyToWindow, joined);
    setLoaded({ messages: { ...messages, [conversationId]: window } });
    return window;
  }

  /** @param messageId any message of the thread. Throws AtriumError. */
  async loadThread(messageId: string, { direction, limit }: ThreadQuery): Promise<ThreadWindow> {
    const { loaded, replies, setLoaded } = this.#options;
    const edge = edgeOf(threadWith(loaded().replies, messageId), direction);
    const { arrived, page } = await this.#page(() =>
      replies({ messageId, ...(limit === undefined ? {} : { limit }), ...edge }),
    );
    const { message: root, standing, ...rest } = page;
    const threads = loaded().replies;
    const joined: ThreadWindow = { ...join(threads[root.id], rest, edge && direction), root, standing };
    const window = arrived(root.conversationId).reduce(applyToThread, joined as ThreadWindow | undefined);
    if (window) setLoaded({ replies: { ...threads, [root.id]: window } });
    return window ?? joined;
  }

  /** Drops a loaded part. */
  unload(conversationId: string): void {
    const { [conversationId]: _, ...messages } = this.#options.loaded().messages;
    this.#options.setLoaded({ messages });
  }

  /** Drops a loaded thread. */
  unloadThread(threadId: string): void {
    const { [threadId]: _, ...replies } = this.#options.loaded().replies;
    this.#options.setLoaded({ replies });
  }

  /** Receives every applied event. */
  observe(event: LiveEvent): void {
    for (const arrived of this.#arriving) arrived.push(event);
  }

  /** Loads a page. @returns it without the profiles, and the events of the conversation that arrived in the meantime */
  async #page<Page extends { people: readonly User[] }>(ask: () => Promise<Page>) {
    const events: LiveEvent[] = [];
    this.#arriving.add(events);
    const { people, ...page } = await ask().finally(() => this.#arriving.delete(events));
    this.#options.onPeople(people);
    const arrived = (conversationId: string) =>
      events.filter(({ meta }) => meta.stream === `conversation:${conversationId}`);
    return { page, arrived };
  }
}

/** The position to continue from; undefined if nothing is loaded, or if the query does not continue. */
function edgeOf(window: MessageWindow | undefined, direction: HistoryQuery['direction']) {
  const [first, last] = [window?.items[0]?.seq, window?.items.at(-1)?.seq];
  if (direction === 'before' && first !== undefined) return { before: first };
  if (direction === 'after' && last !== undefined) return { after: last };
  return undefined;
}

function threadWith(replies: ChatState['replies'], messageId: string): ThreadWindow | undefined {
  return replies[messageId] ?? Object.values(replies).find(({ items }) => items.some(({ id }) => id === messageId));
}
