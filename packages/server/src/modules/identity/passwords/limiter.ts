/** Runs at most so many pieces of work at a time; the others wait in order. */
export interface Limiter {
  /** @throws TooManyWaiting, before the work began, when the line is too long */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

/**
 * @param concurrency pieces of work at a time
 * @param maxWaiting how many may stand in line
 */
export function createLimiter(concurrency: number, maxWaiting: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    if (waiting.length >= maxWaiting) throw new TooManyWaiting('Too much work is waiting already.');
    // Whoever leaves hands its place over, so nobody can slip in between.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
