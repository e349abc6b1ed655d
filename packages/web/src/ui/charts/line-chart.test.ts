import { expect, test } from 'vitest';
import { unbroken } from './line-chart.tsx';

const runsOf = (...times: number[]) =>
  unbroken(
    times.map((at) => ({ at, value: 1 })),
    5,
  ).map((run) => run.map(({ at }) => at));

test.each([
  [[], []],
  [[0], [[0]]],
  [[0, 5, 10], [[0, 5, 10]]],
  // The last point comes before its step is over.
  [[0, 5, 7], [[0, 5, 7]]],
  [
    [0, 5, 20, 25, 40],
    [[0, 5], [20, 25], [40]],
  ],
])('the points at %j are drawn as %j', (times, runs) => {
  expect(runsOf(...times)).toEqual(runs);
});
