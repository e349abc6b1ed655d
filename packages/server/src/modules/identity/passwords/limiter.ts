/** Runs a limited number of tasks at a time; the others wait in order. */
export interface Limiter {
  /** @throws TooManyWaiting, before the task begins, if the queue is full */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

/**
 * @param concurrency tasks that run at a time
 * @param maxWaiting tasks that may wait
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
    // A finished task hands its slot over, so that no new task can overtake the queue.
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
