import { expect, it } from 'vitest';
import { clockOf, isoDuration } from './model.ts';

it.each([
  [0, '0:00:00', 'PT0S'],
  [999, '0:00:00', 'PT0S'],
  [61_000, '0:01:01', 'PT61S'],
  [5_047_000, '1:24:07', 'PT5047S'],
  [360_000_000, '100:00:00', 'PT360000S'],
  [-1, '0:00:00', 'PT0S'],
])('%i ms is %s', (ms, clock, iso) => {
  expect(clockOf(ms)).toBe(clock);
  expect(isoDuration(ms)).toBe(iso);
});
