/** How single wishes become few writes. */
export interface GroupCommitOptions<Item, Result> {
  /** Items of one key are written in the order in which they came. */
  keyOf(item: Item): string;
  /** Makes all items durable at once. @returns per item, in order: its result, or the error for it alone */
  flush(items: readonly Item[]): Promise<readonly (Result | Error)[]>;
  /** Least time between the starts of two small writes, in milliseconds. */
  paceMs: number;
  /** Items in one write. */
  batch?: number;
}

interface Waiting<Item, Result> {
  key: string;
  item: Item;
  resolve(result: Result): void;
  reject(error: Error): void;
}

const BATCH = 500;
/** With this many waiting, a write starts whatever the pace, beside one that is under way if need be. */
const MANY = 32;
/** Writes under way at once: the database works on one while the answers of the other are given. */
const FLIGHTS = 2;

/**
 * Group commit: what is asked for while a write is under way goes down with the next one. An item that comes alone is
 * written at once; under load writes get larger, not more, and the queue does not get longer.
 */
export class GroupCommit<Item, Result> {
  private readonly options: GroupCommitOptions<Item, Result>;
  private waiting: Waiting<Item, Result>[] = [];
  private readonly inFlight = new Map<string, number>();
  private flights = 0;
  private lastStart = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;
  private onIdle: (() => void)[] = [];

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.options = options;
  }

  /** Resolves when the item is durable. Rejects with the item's own error, or with that of the whole write. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ key: this.options.keyOf(item), item, resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when everything added so far is answered. */
  drain(): Promise<void> {
    if (this.flights === 0 && this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.onIdle.push(resolve));
  }

  private schedule(): void {
    if (this.immediate !== undefined || this.waiting.length === 0) return;
    const many = this.waiting.length >= MANY;
    if (this.flights >= (many ? FLIGHTS : 1)) return;
    const pauseMs = this.lastStart + this.options.paceMs - performance.now();
    if (many || pauseMs <= 0) {
      // What else arrives in this turn of the loop comes along.
      clearTimeout(this.timer);
      this.timer = undefined;
      this.immediate = setImmediate(() => this.start());
    } else {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.start();
      }, pauseMs);
    }
  }

  private start(): void {
    this.immediate = undefined;
    const entries = this.take();
    if (entries.length === 0) return;
    this.lastStart = performance.now();
    this.flights += 1;
    for (const { key } of entries) this.inFlight.set(key, (this.inFlight.get(key) ?? 0) + 1);
    void this.write(entries).then(() => this.landed(entries));
  }

  /** The next items, without those whose key is under way: their turn comes after it. */
  private take(): Waiting<Item, Result>[] {
    const most = this.options.batch ?? BATCH;
    if (this.inFlight.size === 0) return this.waiting.splice(0, most);
    const free: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    for (const entry of this.waiting) {
      (free.length < most && !this.inFlight.has(entry.key) ? free : later).push(entry);
    }
    this.waiting = later;
    return free;
  }

  private landed(entries: readonly Waiting<Item, Result>[]): void {
    this.flights -= 1;
    for (const { key } of entries) {
      const left = (this.inFlight.get(key) ?? 1) - 1;
      if (left === 0) this.inFlight.delete(key);
      else this.inFlight.set(key, left);
    }
    this.schedule();
    if (this.flights === 0 && this.waiting.length === 0) {
      for (const tell of this.onIdle.splice(0)) tell();
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
