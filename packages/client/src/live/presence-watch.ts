import type { Presence } from '@atrium/protocol';
import { sizes } from '@atrium/protocol/routes';

export interface PresenceWatchOptions {
  /** Requests presence, at most of `sizes.people` people. Throws AtriumError. */
  list(userIds: string[]): Promise<readonly Presence[]>;
  onPresence(presences: readonly Presence[]): void;
  onError(error: unknown): void;
}

/** Watches that begin within this time, as for the rows of a list, share a call. */
const GATHER_MS = 20;

/** The people whose presence is watched: it is requested once, and again after every connection. */
export class PresenceWatch {
  readonly #options: PresenceWatchOptions;
  /** The number of watchers of each person. */
  readonly #watchers = new Map<string, number>();
  /** Not requested yet. */
  readonly #due = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOnline = false;

  constructor(options: PresenceWatchOptions) {
    this.#options = options;
  }

  /** @returns a function that stops watching */
  watch(userIds: readonly string[]): () => void {
    const ids = [...new Set(userIds)];
    for (const id of ids) {
      if (!this.#watchers.has(id)) this.#due.add(id);
      this.#watchers.set(id, (this.#watchers.get(id) ?? 0) + 1);
    }
    this.#ask();
    return () => {
      for (const id of ids.splice(0)) this.#unwatch(id);
    };
  }

  /** From now on events arrive; earlier changes are unknown. */
  online(): void {
    this.#isOnline = true;
    for (const id of this.#watchers.keys()) this.#due.add(id);
    this.#ask();
  }

  offline(): void {
    this.#isOnline = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #unwatch(id: string): void {
    const left = (this.#watchers.get(id) ?? 1) - 1;
    if (left > 0) {
      this.#watchers.set(id, left);
      return;
    }
    this.#watchers.delete(id);
    this.#due.delete(id);
  }

  #ask(): void {
    if (!this.#isOnline || this.#timer !== undefined || this.#due.size === 0) return;
    this.#timer = setTimeout(() => void this.#listDue(), GATHER_MS);
  }

  async #listDue(): Promise<void> {
    this.#timer = undefined;
    const { list, onError, onPresence } = this.#options;
    const ids = [...this.#due];
    this.#due.clear();
    for (let at = 0; at < ids.length && this.#isOnline; at += sizes.people) {
      // A failed request is repeated after the next connection.
      await list(ids.slice(at, at + sizes.people)).then(onPresence, onError);
    }
  }
}
