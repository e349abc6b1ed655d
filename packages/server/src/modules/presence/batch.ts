/** Runs `work` after `ms`; returns how to call it off. */
export type Schedule = (ms: number, work: () => void) => () => void;

const RETRY_MS = 1_000;

/** Entries by key that are worked off together; a newer entry replaces an older one that still waits. */
export interface Batch<Value> {
  add(key: string, value: Value): void;
  /** Works off what waits, once and without trying again, and takes nothing more. Throws what the work throws. */
  close(): Promise<void>;
}

/**
 * Makes a batch: the first entry starts the work at once, and all that come while it is under way form the next one.
 * So a storm costs a handful of statements. Entries of a failed batch wait a second and are tried again, behind what has
 * come since and never more of them at once.
 */
export function createBatch<Value>(deps: {
  work(entries: ReadonlyMap<string, Value>): Promise<void>;
  failed(error: unknown): void;
  /** Entries in one batch. */
  most: number;
  schedule: Schedule;
}): Batch<Value> {
  let waiting = new Map<string, Value>();
  let running: Promise<void> | undefined;
  let cancelRetry: (() => void) | undefined;
  let closed = false;

  async function workOff(): Promise<void> {
    const all = [...waiting];
    const entries = new Map(all.slice(0, deps.most));
    waiting = new Map(all.slice(deps.most));
    try {
      await deps.work(entries);
    } catch (error) {
      for (const [key, value] of entries) if (!waiting.has(key)) waiting.set(key, value);
      throw error;
    }
  }

  async function run(): Promise<void> {
    try {
      while (waiting.size > 0 && !closed) await workOff();
    } catch (error) {
      deps.failed(error);
      if (!closed) cancelRetry = deps.schedule(RETRY_MS, start);
    }
  }

  function start(): void {
    cancelRetry = undefined;
    running = run().finally(() => {
      running = undefined;
    });
  }

  return {
    add(key, value) {
      if (closed) return;
      waiting.set(key, value);
      if (running === undefined && cancelRetry === undefined) start();
    },
    async close() {
      closed = true;
      cancelRetry?.();
      await running;
      while (waiting.size > 0) await workOff();
    },
  };
}
