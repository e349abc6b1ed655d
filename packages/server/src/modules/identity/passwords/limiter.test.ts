import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter, TooManyWaiting } from './limiter.ts';

describe('limiter', () => {
  it('never runs more than allowed at once, and runs everything in the end, in any order and with failures', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { maxLength: 20 }),
        async (scheduler, concurrency, fails) => {
          const limiter = createLimiter(concurrency, 100);
          let running = 0;
          let most = 0;
          const work = fails.map((fail) =>
            limiter.run(async () => {
              running += 1;
              most = Math.max(most, running);
              await scheduler.schedule(Promise.resolve());
              running -= 1;
              if (fail) throw new Error('failed');
            }),
          );
          const settled = Promise.allSettled(work);
          await scheduler.waitFor(settled);
          const outcomes = (await settled).map((result) => result.status === 'rejected');
          expect(outcomes).toEqual(fails);
          expect(most).toBe(Math.min(concurrency, fails.length));
        },
      ),
    );
  });

  it('rejects work that does not fit in the queue', async () => {
    const limiter = createLimiter(1, 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = limiter.run(() => promise);
    const second = limiter.run(() => promise);
    await expect(limiter.run(() => promise)).rejects.toThrow(TooManyWaiting);
    resolve();
    await Promise.all([first, second]);
    await expect(limiter.run(() => Promise.resolve('again'))).resolves.toBe('again');
  });
});
