import type { User } from '@atrium/protocol';
import type { ById } from './state/by-id.ts';
import { applyToWindow } from './state/chat/messages.ts';
import type { MessageWindow } from './state/chat/state.ts';
import { type HistoryPage, join } from './state/chat/window.ts';
import type { LiveEvent } from './state/event.ts';

/** Which part of a conversation's history: the newest, what comes before or after the loaded part, or around a place. */
export interface HistoryQuery {
  direction?: 'before' | 'after';
  /** A position: the part around it replaces what is loaded unless they touch. */
  around?: number;
  /** Where I have read to: the part around the first unread message, else the newest. */
  from?: 'firstUnread';
  /** Messages to load, at most 200; 50 unless given. */
  limit?: number;
}

export interface HistoryOptions {
  list(input: {
    conversationId: string;
    limit?: number;
    before?: number;
    after?: number;
    around?: number;
    from?: 'firstUnread';
  }): Promise<HistoryPage & { people: readonly User[] }>;
  /** Profiles that came with a page. */
  onPeople(people: readonly User[]): void;
  windows(): ById<MessageWindow>;
  setWindows(windows: ById<MessageWindow>): void;
}

/** Loads stretches of history into the state, where they grow with the stream. */
export class History {
  readonly #options: HistoryOptions;
  /** What the stream brings while a page is on its way: the page may not have it. */
  readonly #arriving = new Map<string, Set<LiveEvent[]>>();

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Throws AtriumError. */
  async load(conversationId: string, { around, direction, from, limit }: HistoryQuery): Promise<MessageWindow> {
    const { list, onPeople, setWindows, windows } = this.#options;
    const loaded = windows()[conversationId];
    const first = loaded?.items[0]?.seq;
    const last = loaded?.items.at(-1)?.seq;
    const arrived = this.#listen(conversationId);
    const { people, ...page } = await list({
      conversationId,
      ...(limit === undefined ? {} : { limit }),
      ...(direction === 'before' && first !== undefined ? { before: first } : {}),
      ...(direction === 'after' && last !== undefined ? { after: last } : {}),
      ...(direction === undefined && around !== undefined ? { around } : {}),
      ...(direction === undefined && around === undefined && from !== undefined ? { from } : {}),
    }).finally(() => this.#arriving.get(conversationId)?.delete(arrived));
    onPeople(people);
    const joined = join(windows()[conversationId], page, first === undefined ? undefined : direction);
    const window = arrived.reduce(applyToWindow, joined);
    setWindows({ ...windows(), [conversationId]: window });
    return window;
  }

  /** Lets a loaded stretch go. */
  unload(conversationId: string): void {
    const { [conversationId]: _, ...others } = this.#options.windows();
    this.#options.setWindows(others);
  }

  /** Sees every event that was applied. */
  observe(event: LiveEvent): void {
    const [kind, id = ''] = event.meta.stream.split(':');
    if (kind !== 'conversation') return;
    for (const arrived of this.#arriving.get(id) ?? []) arrived.push(event);
  }

  #listen(conversationId: string): LiveEvent[] {
    const arrived: LiveEvent[] = [];
    const all = this.#arriving.get(conversationId) ?? new Set();
    this.#arriving.set(conversationId, all.add(arrived));
    return arrived;
  }
}
