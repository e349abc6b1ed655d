/** Runs `work` after `ms`; returns a function that cancels it. */
export type Schedule = (ms: number, work: () => void) => () => void;

const RETRY_MS = 1_000;

/** Entries by key that are processed together; a newer entry replaces a waiting one. */
export interface Batch<Value> {
  add(key: string, value: Value): void;
  /** Processes waiting entries once, without retries, and accepts no more. Throws what the work throws. */
  close(): Promise<void>;
}

/**
 * Creates a batch. The first entry starts the work immediately; entries that arrive meanwhile form the next batch, so a
 * burst costs a few statements. A failed batch is retried after a second, after newer entries, and in batches of the
 * same size.
 */
export function createBatch<Value>(deps: {
  work(entries: ReadonlyMap<string, Value>): Promise<void>;
  failed(error: unknown): void;
  /** Maximum number of entries in one batch. */
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
