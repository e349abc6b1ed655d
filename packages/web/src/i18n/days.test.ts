import { expect, it } from 'vitest';
import { dayAfter } from './days.ts';

it.each([
  ['2026-11-26', 1, '2026-11-27'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-03-28', 2, '2026-03-30'],
  ['2026-03-01', -1, '2026-02-28'],
])('%s and %i days is %s', (day, days, after) => {
  expect(dayAfter(day, days)).toBe(after);
});
