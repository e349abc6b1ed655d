import { problem } from '../problem/index.ts';

/** A single connection must not exhaust the database pool. */
const MOST_UNDER_WAY = 32;
/** Enough for everything a screen may need at once. */
const MOST_WAITING = 256;

/** The commands of one connection: a few run in parallel, some wait in order, the rest are refused. */
export class CommandQueue {
  private readonly waiting: (() => void)[] = [];
  private underWay = 0;
  private closed = false;
  private whenIdle: (() => void)[] = [];

  /**
   * Runs the work when it is its turn.
   * @throws `rate_limited` if too much is waiting, `unavailable` after `close`
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.closed) throw problem('unavailable', { retryAfterMs: 1_000 });
    if (this.underWay >= MOST_UNDER_WAY) {
      if (this.waiting.length >= MOST_WAITING) throw problem('rate_limited', { retryAfterMs: 1_000 });
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.underWay += 1;
    }
    try {
      return await work();
    } finally {
      this.passOn();
    }
  }

  /** Accepts no more commands. Resolves when the accepted ones are done. */
  close(): Promise<void> {
    this.closed = true;
    if (this.underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.whenIdle.push(resolve));
  }

  /** Passes the slot on in the same step, so that no other command can take it. */
  private passOn(): void {
    const next = this.waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.underWay -= 1;
    if (this.underWay === 0) for (const tell of this.whenIdle.splice(0)) tell();
  }
}
