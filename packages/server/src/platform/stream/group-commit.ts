/** The result of an item that could not be written together with others, because somebody holds a lock on its key. */
export const BLOCKED = Symbol('blocked');

/** Options of a group commit. */
export interface GroupCommitOptions<Item, Result> {
  /** Items with the same key are written in the order of arrival. */
  keyOf(item: Item): string;
  /**
   * Writes all items durably.
   * @param alone the items have one key, and may wait for its lock; otherwise no lock may be waited for long
   * @returns per item, in order: its result, its own error, or BLOCKED, unless it is alone
   */
  flush(items: readonly Item[], alone: boolean): Promise<readonly (Result | Error | typeof BLOCKED)[]>;
  /** Minimum time between the starts of two small writes, in milliseconds. */
  paceMs: number;
  /** Maximum number of items per write. */
  batch?: number;
}

interface Waiting<Item, Result> {
  key: string;
  item: Item;
  resolve(result: Result): void;
  reject(error: Error): void;
}

const BATCH = 500;
/** With this many items waiting, a write starts at once, in parallel to a running one if necessary. */
const MANY = 32;
/** Maximum number of parallel writes: the database works on one while the answers of another are sent. */
const FLIGHTS = 2;
/** Number of keys that may wait for their locks at once, each on its own connection. */
const LANES = 4;

/**
 * Group commit: items that arrive during a write are written together afterwards. A single item is written at once;
 * under load writes get larger, not more frequent, and the queue does not grow. Items whose key is locked by someone
 * else are written separately, so that they delay no others.
 */
export class GroupCommit<Item, Result> {
  private readonly options: GroupCommitOptions<Item, Result>;
  private waiting: Waiting<Item, Result>[] = [];
  private readonly inFlight = new Map<string, number>();
  private flights = 0;
  /** Blocked items, by key. Their keys count as in flight. */
  private readonly blocked = new Map<string, Waiting<Item, Result>[]>();
  private lanes = 0;
  private lastStart = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;
  private onIdle: (() => void)[] = [];
  /** Writes so far, and the items in them. */
  readonly totals = { writes: 0, items: 0 };

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

  /** Resolves when all items added so far are answered. */
  drain(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.onIdle.push(resolve));
  }

  private isIdle(): boolean {
    return this.flights === 0 && this.lanes === 0 && this.waiting.length === 0;
  }

  private schedule(): void {
    if (this.immediate !== undefined || this.waiting.length === 0) return;
    const many = this.waiting.length >= MANY;
    if (this.flights >= (many ? FLIGHTS : 1)) return;
    const pauseMs = this.lastStart + this.options.paceMs - performance.now();
    if (many || pauseMs <= 0) {
      // Items that arrive in the same turn of the event loop are included.
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
    void this.write(entries, false).then((blocked) => {
      this.flights -= 1;
      for (const entry of blocked) this.blocked.set(entry.key, [...(this.blocked.get(entry.key) ?? []), entry]);
      this.landed(entries.filter(({ key }) => !this.blocked.has(key)));
      this.startLanes();
    });
  }

  private startLanes(): void {
    for (const [key, entries] of this.blocked) {
      if (this.lanes >= LANES) return;
      this.lanes += 1;
      this.blocked.delete(key);
      void this.write(entries, true).then(() => {
        this.lanes -= 1;
        this.inFlight.delete(key);
        this.landed([]);
        this.startLanes();
      });
    }
  }

  /** The next items, except those whose key is being written: they follow afterwards. */
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
    for (const { key } of entries) {
      const left = (this.inFlight.get(key) ?? 1) - 1;
      if (left === 0) this.inFlight.delete(key);
      else this.inFlight.set(key, left);
    }
    this.schedule();
    if (this.isIdle()) {
      for (const tell of this.onIdle.splice(0)) tell();
    }
  }

  /** @returns the blocked items */
  private async write(entries: readonly Waiting<Item, Result>[], alone: boolean): Promise<Waiting<Item, Result>[]> {
    const blocked: Waiting<Item, Result>[] = [];
    this.totals.writes += 1;
    this.totals.items += entries.length;
    try {
      const results = await this.options.flush(
        entries.map(({ item }) => item),
        alone,
      );
      for (const [at, entry] of entries.entries()) {
        const result = results[at];
        if (result === BLOCKED && !alone) blocked.push(entry);
        else if (result === undefined || result === BLOCKED)
          entry.reject(new Error('A write gave no result for an item.'));
        else if (result instanceof Error) entry.reject(result);
        else entry.resolve(result);
      }
    } catch (error) {
      for (const { reject } of entries) reject(error instanceof Error ? error : new Error(String(error)));
    }
    return blocked;
  }
}
