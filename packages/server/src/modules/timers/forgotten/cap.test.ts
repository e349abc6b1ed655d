import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capReachedAt } from './cap.ts';

const NOW = 1_000_000;
const HOUR = 3_600_000;

const cases = [
  { it: 'nothing runs', endedMs: 99, since: [], cap: 10, at: undefined },
  { it: 'below the cap', endedMs: 5, since: [100], cap: 200, at: undefined },
  { it: 'reached just now', endedMs: 100, since: [100], cap: 200, at: NOW },
  { it: 'one timer, reached before', endedMs: 100, since: [150], cap: 200, at: NOW - 50 },
  { it: 'two timers pass twice as fast', endedMs: 0, since: [100, 100], cap: 150, at: NOW - 25 },
  { it: 'the second began after the cap', endedMs: 0, since: [100, 10], cap: 50, at: NOW - 50 },
  { it: 'it was reached before anything ran', endedMs: 500, since: [100], cap: 200, at: NOW - 100 },
] as const;

test.each(cases)('$it', ({ endedMs, since, cap, at }) => {
  expect(capReachedAt({ endedMs, runningSince: since.map((age) => NOW - age) }, cap, NOW)).toBe(at);
});

test('stopping everything at that instant leaves exactly the cap, to the millisecond per timer', () => {
  const ages = fc.array(fc.integer({ min: 1, max: 12 * HOUR }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(ages, fc.nat({ max: HOUR }), (all, endedMs) => {
      const now = 100 * HOUR;
      const starts = all.map((age) => now - age);
      const at = capReachedAt({ endedMs, runningSince: starts }, 2 * HOUR, now);
      if (at === undefined) return;
      const left = starts.reduce((sum, start) => sum + Math.max(0, at - start), endedMs);
      expect(left - 2 * HOUR).toBeGreaterThanOrEqual(0);
      expect(left - 2 * HOUR).toBeLessThan(starts.length);
    }),
  );
});
