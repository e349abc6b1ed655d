import { problem } from '../problem/index.ts';

/** The limits of a queue. */
export interface FairQueueOptions {
  /** Of one key at a time. */
  perKey: number;
  /** Of all keys together. */
  total: number;
  /** Maximum number of waiting items of one key; more are refused. */
  waitingPerKey: number;
  /** How long work may wait, in milliseconds. */
  waitMs: number;
}

interface Waiting {
  start(): void;
  timer: NodeJS.Timeout;
}

interface Lane {
  running: number;
  waiting: Waiting[];
}

/**
 * Runs work for many keys with limited concurrency. Work of one key starts in order of arrival; between keys, slots are
 * assigned in turn, so a key with a thousand waiting items delays the others by one item each.
 */
export class FairQueue {
  private readonly options: FairQueueOptions;
  private readonly lanes = new Map<string, Lane>();
  /** Keys with waiting work, the next one first. */
  private readonly turns = new Set<string>();
  private running = 0;

  constructor(options: FairQueueOptions) {
    this.options = options;
  }

  /**
   * Runs the work when its turn comes.
   * @throws `rate_limited` if too much work of this key is waiting, `unavailable` if it waited too long
   */
  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const lane = this.lanes.get(key) ?? { running: 0, waiting: [] };
    this.lanes.set(key, lane);
    if (lane.waiting.length > 0 || !this.hasRoom(lane)) await this.wait(key, lane);
    else this.take(lane);
    try {
      return await work();
    } finally {
      lane.running -= 1;
      this.running -= 1;
      this.forget(key, lane);
      this.startNext();
    }
  }

  private hasRoom(lane: Lane): boolean {
    return lane.running < this.options.perKey && this.running < this.options.total;
  }

  private take(lane: Lane): void {
    lane.running += 1;
    this.running += 1;
  }

  /** Resolves with the slot already taken. */
  private wait(key: string, lane: Lane): Promise<void> {
    if (lane.waiting.length >= this.options.waitingPerKey) throw problem('rate_limited', { retryAfterMs: 1_000 });
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        lane.waiting.splice(lane.waiting.indexOf(waiting), 1);
        if (lane.waiting.length === 0) this.turns.delete(key);
        this.forget(key, lane);
        reject(problem('unavailable', { retryAfterMs: 1_000 }));
      };
      const waiting = { start: resolve, timer: setTimeout(giveUp, this.options.waitMs) };
      lane.waiting.push(waiting);
      this.turns.add(key);
    });
  }

  private startNext(): void {
    for (const key of this.turns) {
      if (this.running >= this.options.total) return;
      const lane = this.lanes.get(key);
      const next = lane && this.hasRoom(lane) ? lane.waiting.shift() : undefined;
      if (lane === undefined || next === undefined) continue;
      this.turns.delete(key);
      if (lane.waiting.length > 0) this.turns.add(key);
      clearTimeout(next.timer);
      this.take(lane);
      next.start();
      // One slot was released, so at most one item starts.
      return;
    }
  }

  private forget(key: string, lane: Lane): void {
    if (lane.running === 0 && lane.waiting.length === 0) this.lanes.delete(key);
  }
}
