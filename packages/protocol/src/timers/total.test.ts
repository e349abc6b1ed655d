import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runningSum, totalAt, totalOfSum } from './total.ts';

const at = (ms: number) => ({ startedAt: new Date(ms).toISOString() });

test('a total is the ended time plus the time since each start', () => {
  expect(totalAt({ baseMs: 0, running: [] }, 5_000)).toBe(0);
  expect(totalAt({ baseMs: 700, running: [] }, 5_000)).toBe(700);
  expect(totalAt({ baseMs: 700, running: [at(1_000)] }, 5_000)).toBe(4_700);
  expect(totalAt({ baseMs: 700, running: [at(1_000), at(4_999)] }, 5_000)).toBe(4_701);
});

test('a clock behind the latest start does not lower the total', () => {
  expect(totalAt({ baseMs: 700, running: [at(5_000)] }, 4_000)).toBe(700);
});

const instants = fc.integer({ min: 0, max: 4_000_000_000_000 });
const sources = fc.record({
  baseMs: fc.integer({ min: 0, max: 1e12 }),
  running: fc.array(instants.map(at), { maxLength: 100 }),
});

test('the sums of a task give the same total as its timers one by one', () => {
  fc.assert(
    fc.property(sources, fc.nat({ max: 1e10 }), (source, laterMs) => {
      const starts = source.running.map(({ startedAt }) => Date.parse(startedAt));
      const now = Math.max(0, ...starts) + laterMs;
      const oneByOne = starts.reduce((sum, start) => sum + (now - start), source.baseMs);
      expect(totalOfSum(runningSum(source), now)).toBe(oneByOne);
    }),
  );
});

test('stopping a timer moves its time into the base and changes nothing else', () => {
  fc.assert(
    fc.property(sources, instants, fc.nat({ max: 1e10 }), (source, start, laterMs) => {
      const started = { ...source, running: [...source.running, at(start)] };
      const now = Math.max(start, ...source.running.map(({ startedAt }) => Date.parse(startedAt))) + laterMs;
      const stopped = { ...source, baseMs: source.baseMs + (now - start) };
      expect(totalAt(stopped, now)).toBe(totalAt(started, now));
    }),
  );
});
