import { expect, it } from 'vitest';
import {
  barsPath,
  beginsMonth,
  dayBeside,
  goodDay,
  heatOf,
  partOf,
  periodOf,
  readGoal,
  readPeriod,
  spanOf,
  YEAR_WEEKS,
  yearStart,
  yearWeeks,
} from './model.ts';

it.each([
  ['2026-11-29', 1, '2025-11-24'],
  ['2026-11-29', 7, '2025-11-30'],
  ['2026-11-23', 1, '2025-11-24'],
])('the year up to %s in weeks from weekday %i begins on %s', (today, firstWeekday, start) => {
  expect(yearStart(today, firstWeekday)).toBe(start);
});

it('puts each day into its week, and leaves out what has not come yet', () => {
  const days = [{ date: '2025-11-24' }, { date: '2026-11-25' }];
  const weeks = yearWeeks(days, '2026-11-25', 1);
  expect(weeks).toHaveLength(YEAR_WEEKS);
  expect(weeks.every((week) => week.length === 7)).toBe(true);
  expect(weeks[0]?.[0]?.day).toBe(days[0]);
  expect(weeks.at(-1)?.[2]?.day).toBe(days[1]);
  expect(weeks.at(-1)?.[3]).toEqual({ date: '2026-11-26', day: undefined });
  expect(weeks.flatMap((_, at) => (beginsMonth(weeks, at) ? [weeks[at]?.[0]?.date] : [])).slice(0, 2)).toEqual([
    '2025-12-01',
    '2026-01-05',
  ]);
});

it.each([
  [0, 10, 0],
  [1, 10, 1],
  [5, 10, 2],
  [10, 10, 4],
  [40, 10, 4],
  [1, 1, 1],
  [3, 3, 3],
])('%i with %i on good days is heat %i', (completed, most, heat) => {
  expect(heatOf(completed, most)).toBe(heat);
});

it('takes no single day for a good one', () => {
  expect(goodDay([])).toBe(0);
  expect(goodDay([0, 0, 3])).toBe(3);
  expect(goodDay([...Array.from({ length: 19 }, () => 4), 90])).toBe(4);
});

it.each([
  [1, 4, 0.25],
  [5, 4, 1],
  [-1, 4, 0],
  [1, 0, 0],
])('%i of %i fills %f', (value, most, part) => {
  expect(partOf(value, most)).toBe(part);
});

it.each([
  ['', null],
  [' ', null],
  [undefined, null],
  ['3', 3],
])('reads the goal %j as %j', (text, goal) => {
  expect(readGoal(text)).toBe(goal);
});

it.each([
  ['ArrowLeft', '2026-11-18'],
  ['ArrowRight', '2026-11-27'],
  ['ArrowUp', '2026-11-24'],
  ['ArrowDown', '2026-11-26'],
  ['Home', '2025-11-24'],
  ['End', '2026-11-27'],
  ['a', undefined],
])('%s leads to %s', (key, day) => {
  expect(dayBeside('2026-11-25', key, '2025-11-24', '2026-11-27')).toBe(day);
});

it.each([
  [[], ''],
  [[0, 0], ''],
  [[1, 0, 2], 'M0 72v-36h0.8v36zM2 72v-72h0.8v72z'],
])('draws %j as bars', (values, path) => {
  expect(barsPath(values)).toBe(path);
});

it('draws the bars of a year without gaps', () => {
  expect(barsPath(Array.from({ length: 366 }, () => 1))).toContain('M365 72v-72h1v72z');
});

it.each([
  [{}, { from: '2026-11-01', to: '2026-11-30' }],
  [{ to: '2026-06-30' }, { from: '2026-06-01', to: '2026-06-30' }],
  [{ from: '2026-11-29' }, { from: '2026-11-29', to: '2026-11-30' }],
  [{ from: '2020-01-01' }, { from: '2025-11-30', to: '2026-11-30' }],
  [{ from: '2027-01-01' }, { from: '2026-11-30', to: '2026-11-30' }],
])('takes %j for the days that are reported on', (asked, period) => {
  expect(periodOf(asked, '2026-11-30')).toEqual(period);
});

it.each([
  [
    { from: '2026-11-01', to: '2026-11-30' },
    { from: '2026-11-01', to: '2026-11-30' },
  ],
  [
    { from: '2026-13-01', to: 5 },
    { from: undefined, to: undefined },
  ],
])('reads the days of %j', (search, asked) => {
  expect(readPeriod(search)).toEqual(asked);
});

it.each([
  [90_000, 'minutes', 2],
  [3_600_000, 'hours', 1],
  [5_580_000, 'hours', 1.6],
  [47 * 3_600_000, 'hours', 47],
  [60 * 3_600_000, 'days', 2.5],
])('thinks of %d ms in %s', (ms, unit, count) => {
  expect(spanOf(ms)).toEqual({ unit, count });
});
