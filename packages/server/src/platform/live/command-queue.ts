import { problem } from '../problem/index.ts';

/** One connection must not use up the database's connections for all. */
const MOST_UNDER_WAY = 32;
/** Enough for everything an open screen can want at once. */
const MOST_WAITING = 256;

/** The commands of one connection: a few at a time, some waiting in order, the rest refused. */
export class CommandQueue {
  private readonly waiting: (() => void)[] = [];
  private underWay = 0;
  private closed = false;
  private whenIdle: (() => void)[] = [];

  /**
   * Runs the work when its turn comes.
   * @throws `rate_limited` when too much is waiting already, `unavailable` after `close`
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

  /** Takes nothing more. Resolves when what was taken is done. */
  close(): Promise<void> {
    this.closed = true;
    if (this.underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.whenIdle.push(resolve));
  }

  /** Hands the place to the next one in the same step, so that nobody can slip in between. */
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
