import { AtriumError, isTransient } from '../error.ts';

export interface WatchedTasksOptions {
  /** Over the live connection only: a room lasts as long as its connection. */
  join(taskId: string): Promise<unknown>;
  leave(taskId: string): Promise<unknown>;
  onError(error: unknown): void;
}

/** The tasks whose ticks are wanted: joined on every connection, for as long as anything watches them. */
export class WatchedTasks {
  readonly #options: WatchedTasksOptions;
  readonly #watchers = new Map<string, number>();

  constructor(options: WatchedTasksOptions) {
    this.#options = options;
  }

  /** @returns stops watching; calling it again does nothing */
  watch(taskId: string, isOnline: boolean): () => void {
    const count = this.#watchers.get(taskId) ?? 0;
    this.#watchers.set(taskId, count + 1);
    if (count === 0 && isOnline) this.#join(taskId);
    let stopped = false;
    return () => {
      if (!stopped) this.#release(taskId);
      stopped = true;
    };
  }

  /** A new connection is in no room. */
  connected(): void {
    for (const taskId of this.#watchers.keys()) this.#join(taskId);
  }

  clear(): void {
    this.#watchers.clear();
  }

  #release(taskId: string): void {
    const left = (this.#watchers.get(taskId) ?? 0) - 1;
    if (left > 0) {
      this.#watchers.set(taskId, left);
      return;
    }
    if (this.#watchers.delete(taskId)) this.#run(this.#options.leave(taskId));
  }

  #join(taskId: string): void {
    this.#run(this.#options.join(taskId));
  }

  /** What fails for want of a connection is done again with the next one. */
  #run(call: Promise<unknown>): void {
    call.catch((error: unknown) => {
      const isGone = error instanceof AtriumError && error.code === 'closed';
      if (!isTransient(error) && !isGone) this.#options.onError(error);
    });
  }
}
