import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitBy } from './split.ts';

const day = (number: number) => new Date(Date.UTC(2026, 2, number));
const march = { from: day(1), to: day(32) };

const cases = [
  { it: 'after the period', start: 33, now: 34, pieces: [[33, null]] },
  {
    it: 'into the day after',
    start: 31,
    now: 33,
    pieces: [
      [31, 32],
      [32, null],
    ],
  },
  {
    it: 'from before until after',
    start: 0,
    now: 33,
    pieces: [
      [0, 1],
      [1, 32],
      [32, null],
    ],
  },
  {
    it: 'from before, the period goes on',
    start: 0,
    now: 10,
    pieces: [
      [0, 1],
      [1, 10],
    ],
  },
  { it: 'from inside, the period goes on', start: 5, now: 10, pieces: [[5, 10]] },
  { it: 'until the very end', start: 5, now: 32, pieces: [[5, null]] },
] as const;

test.each(cases)('a timer that runs $it', ({ start, now, pieces }) => {
  expect(splitBy(day(start), march, day(now))).toEqual(
    pieces.map(([from, to]) => ({ start: day(from), end: to === null ? null : day(to) })),
  );
});

test('pieces leave no gap, lose no time and lie on one side of each border', () => {
  const instants = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(fc.tuple(instants, instants, instants, instants), ([a, b, c, d]) => {
      const from = new Date(Math.min(a, b));
      const to = new Date(Math.max(a, b) + 1);
      const [start, now] = [new Date(Math.min(c, d)), new Date(Math.max(c, d))];
      const pieces = splitBy(start, { from, to }, now);
      expect(pieces[0]?.start).toEqual(start);
      for (const [at, piece] of pieces.slice(1).entries()) expect(piece.start).toEqual(pieces[at]?.end);
      const last = pieces.at(-1)?.end ?? null;
      expect(last).toEqual(to > now ? now : null);
      for (const { start: begins, end } of pieces) {
        const ends = end ?? now;
        for (const border of [from, to]) expect(begins < border && border < ends).toBe(false);
      }
    }),
  );
});
