import type { User } from '@atrium/protocol';
import type { LiveFeed } from '../state/live-feed.ts';
import { type LiveState, stateFormat, toPersist } from '../state/live-state.ts';
import type { KeptState, StateStorage } from './kept-state.ts';

export interface StateKeeperOptions {
  storage: StateStorage | undefined;
  feed: LiveFeed;
  people(): readonly User[];
  /** The log and the person that the feed follows; undefined while it is not complete. */
  followed(): { epoch: string; userId: string } | undefined;
  /** Takes up a kept state. @returns false when there is a newer one already */
  resume(kept: KeptState): boolean;
  onError(error: unknown): void;
}

/** Changes within this time are saved together. */
const SAVE_AFTER_MS = 2_000;

/** Keeps the live state in a storage, so that a program that starts without a connection shows what was last seen. */
export class StateKeeper {
  readonly #options: StateKeeperOptions;
  #saved: LiveState | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One access to the storage after another. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: StateKeeperOptions) {
    this.#options = options;
  }

  /** Shows what was kept, unless there is something newer. @returns whether it is shown */
  async restore(): Promise<boolean> {
    const { onError, resume, storage } = this.#options;
    if (storage === undefined) return false;
    try {
      const kept = await this.#next(() => storage.load());
      return kept !== undefined && kept.format === stateFormat && resume(kept);
    } catch (error) {
      // Without it the state comes from the server, as at a first start.
      onError(error);
      return false;
    }
  }

  /** The state has changed, or its place in a stream. */
  changed(): void {
    if (this.#options.storage === undefined) return;
    this.#timer ??= setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  /** Saves now what has not been saved yet. Never rejects. */
  async save(): Promise<void> {
    const { feed, followed, onError, people, storage } = this.#options;
    if (storage === undefined || this.#timer === undefined) return;
    this.#stop();
    const at = followed();
    const { state } = feed;
    if (at === undefined || state.me === null || state === this.#saved) return;
    this.#saved = state;
    const kept = {
      format: stateFormat,
      ...at,
      positions: feed.tracker.positions(),
      state: toPersist(state),
      people: people(),
    };
    await this.#next(() => storage.save(kept)).catch(onError);
  }

  /** Forgets what was kept. Never rejects. */
  async clear(): Promise<void> {
    const { onError, storage } = this.#options;
    this.#stop();
    this.#saved = undefined;
    if (storage !== undefined) await this.#next(() => storage.clear()).catch(onError);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #next<Result>(access: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(access);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
