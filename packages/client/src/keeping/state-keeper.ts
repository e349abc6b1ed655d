import type { User } from '@atrium/protocol';
import type { LiveFeed } from '../state/live-feed.ts';
import { type LiveState, stateFormat, toPersist } from '../state/live-state.ts';
import type { KeptState, StateStorage } from './kept-state.ts';

export interface StateKeeperOptions {
  storage: StateStorage | undefined;
  feed: LiveFeed;
  people(): readonly User[];
  /** The log and the user that the feed follows; undefined while it is not complete. */
  followed(): { epoch: string; userId: string } | undefined;
  /** Uses a stored state. @returns false if there is a newer one */
  resume(kept: KeptState): boolean;
  onError(error: unknown): void;
}

/** Changes within this time are saved together. */
const SAVE_AFTER_MS = 2_000;

/** Stores the live state, so that a program that starts without a connection shows the last state. */
export class StateKeeper {
  readonly #options: StateKeeperOptions;
  #saved: LiveState | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Accesses to the storage run one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: StateKeeperOptions) {
    this.#options = options;
  }

  /** Restores the stored state, unless there is a newer one. @returns whether it was restored */
  async restore(): Promise<boolean> {
    const { onError, resume, storage } = this.#options;
    if (storage === undefined) return false;
    try {
      const kept = await this.#next(() => storage.load());
      return kept !== undefined && kept.format === stateFormat && resume(kept);
    } catch (error) {
      // The state is then loaded from the server.
      onError(error);
      return false;
    }
  }

  /** Called when the state or its position in a stream has changed. */
  changed(): void {
    if (this.#options.storage === undefined) return;
    this.#timer ??= setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  /** Saves unsaved changes now. Never rejects. */
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

  /** Deletes the stored state. Never rejects. */
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
