import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs, sleep } from './backoff.ts';

it('waits between zero and a limit that doubles up to a maximum', () => {
  const backoff = { baseMs: 500, maxMs: 10_000 };
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
      const wait = backoffMs(backoff, attempt, random);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(Math.min(10_000, 500 * 2 ** attempt));
    }),
  );
  expect([0, 1, 2, 5, 60].map((attempt) => backoffMs(backoff, attempt, 1))).toEqual([
    500, 1_000, 2_000, 10_000, 10_000,
  ]);
});

it('sleeps until the time is over or the signal is aborted', async () => {
  await sleep(1);
  await expect(sleep(60_000, AbortSignal.abort('enough'))).rejects.toBe('enough');
  await expect(sleep(60_000, AbortSignal.timeout(5))).rejects.toMatchObject({ name: 'TimeoutError' });
});
