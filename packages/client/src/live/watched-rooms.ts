import { AtriumError, isTransient } from '../error.ts';

export interface WatchedRoomsOptions {
  /** Over the live connection only: a room lasts as long as its connection. */
  join(room: string): Promise<unknown>;
  leave(room: string): Promise<unknown>;
  onError(error: unknown): void;
}

/** Rooms of volatile events: joined on every connection, for as long as anything watches them. */
export class WatchedRooms {
  readonly #options: WatchedRoomsOptions;
  readonly #watchers = new Map<string, number>();

  constructor(options: WatchedRoomsOptions) {
    this.#options = options;
  }

  /** @returns a function that stops watching; further calls do nothing */
  watch(room: string, isOnline: boolean): () => void {
    const count = this.#watchers.get(room) ?? 0;
    this.#watchers.set(room, count + 1);
    if (count === 0 && isOnline) this.#join(room);
    let stopped = false;
    return () => {
      if (!stopped) this.#release(room);
      stopped = true;
    };
  }

  /** A new connection is in no room. */
  connected(): void {
    for (const room of this.#watchers.keys()) this.#join(room);
  }

  clear(): void {
    this.#watchers.clear();
  }

  #release(room: string): void {
    const left = (this.#watchers.get(room) ?? 0) - 1;
    if (left > 0) {
      this.#watchers.set(room, left);
      return;
    }
    if (this.#watchers.delete(room)) this.#run(this.#options.leave(room));
  }

  #join(room: string): void {
    this.#run(this.#options.join(room));
  }

  /** A call that fails without a connection is repeated with the next one. */
  #run(call: Promise<unknown>): void {
    call.catch((error: unknown) => {
      const isGone = error instanceof AtriumError && error.code === 'closed';
      if (!isTransient(error) && !isGone) this.#options.onError(error);
    });
  }
}
