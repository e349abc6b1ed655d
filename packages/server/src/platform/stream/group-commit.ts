/** What was asked for while the last write was under way goes down together with the next one. */
export interface GroupCommitOptions<Item, Result> {
  /** Items of one key keep to one lane, and so to one order. */
  laneOf(item: Item): string;
  /** Makes all items durable at once. @returns per item, in order: its result, or the error for it alone */
  flush(items: readonly Item[]): Promise<readonly (Result | Error)[]>;
  /** Writes under way at the same time; two keep the disk busy while the other one is answered. */
  lanes?: number;
  /** Items in one write. */
  batch?: number;
  /** Waits this long for more before a write, in milliseconds; 0 writes at once. */
  lingerMs?: number;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: Error): void;
}

const LANES = 2;
const BATCH = 500;

/**
 * Group commit: never a round trip per item, never a wait for a timer. An idle lane writes in the same tick's end; a busy
 * one takes along what has arrived when it is done. More load makes larger writes, not a longer queue.
 */
export class GroupCommit<Item, Result> {
  private readonly options: GroupCommitOptions<Item, Result>;
  private readonly lanes: Lane<Item, Result>[];

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.options = options;
    this.lanes = Array.from({ length: options.lanes ?? LANES }, () => new Lane(options));
  }

  /** Resolves when the item is durable. Rejects with the item's own error, or with that of the whole write. */
  add(item: Item): Promise<Result> {
    const lane = this.lanes[hash(this.options.laneOf(item)) % this.lanes.length];
    return new Promise((resolve, reject) => lane?.add({ item, resolve, reject }));
  }

  /** Resolves when everything added so far is answered. */
  async drain(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.idle()));
  }
}

class Lane<Item, Result> {
  private readonly options: GroupCommitOptions<Item, Result>;
  private waiting: Waiting<Item, Result>[] = [];
  private running: Promise<void> | undefined;

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.options = options;
  }

  add(entry: Waiting<Item, Result>): void {
    this.waiting.push(entry);
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    // What else arrives in this turn of the loop comes along.
    await pause(this.options.lingerMs ?? 0);
    while (this.waiting.length > 0) {
      await this.write(this.waiting.splice(0, this.options.batch ?? BATCH));
      if (this.options.lingerMs && this.waiting.length > 0) await pause(this.options.lingerMs);
    }
  }

  private async write(entries: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.flush(entries.map(({ item }) => item));
      for (const [at, { resolve, reject }] of entries.entries()) {
        const result = results[at];
        if (result instanceof Error) reject(result);
        else if (result === undefined) reject(new Error('A write gave no result for an item.'));
        else resolve(result);
      }
    } catch (error) {
      for (const { reject } of entries) reject(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms === 0) setImmediate(resolve);
    else setTimeout(resolve, ms);
  });
}

/** FNV-1a, to spread keys over lanes. */
function hash(key: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) value = Math.imul(value ^ key.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
