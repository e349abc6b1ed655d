import type { Presence } from '@atrium/protocol';
import { sizes } from '@atrium/protocol/routes';

export interface PresenceWatchOptions {
  /** Asks who is here, at most `sizes.people` at once. Throws AtriumError. */
  list(userIds: string[]): Promise<readonly Presence[]>;
  onPresence(presences: readonly Presence[]): void;
  onError(error: unknown): void;
}

/** Watching begins together when many rows of a list ask at once. */
const GATHER_MS = 20;

/** Whose presence somebody wants to know: asks for it once, and again after every connection. */
export class PresenceWatch {
  readonly #options: PresenceWatchOptions;
  /** How many watch each person. */
  readonly #watchers = new Map<string, number>();
  /** Not asked for yet. */
  readonly #due = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOnline = false;

  constructor(options: PresenceWatchOptions) {
    this.#options = options;
  }

  /** @returns stops watching */
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

  /** Events come by themselves from now on; what was before is not known. */
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
      // What fails is asked again after the next connection.
      await list(ids.slice(at, at + sizes.people)).then(onPresence, onError);
    }
  }
}
