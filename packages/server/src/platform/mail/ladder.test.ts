import { expect, test } from 'vitest';
import { nextAttemptMs } from './ladder.ts';

test('three quick attempts, then slow ones without a limit', () => {
  const waits = [1, 2, 3, 4, 5, 6, 50].map((attempts) => nextAttemptMs(attempts, undefined, 0.5) / 1_000);
  expect(waits).toEqual([2, 8, 300, 1_800, 7_200, 7_200, 7_200]);
});

test('jitter changes a delay by at most a tenth', () => {
  expect(nextAttemptMs(3, undefined, 0)).toBe(270_000);
  expect(nextAttemptMs(3, undefined, 1)).toBe(330_000);
});
