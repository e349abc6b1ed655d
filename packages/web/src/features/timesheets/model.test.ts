import type { PeriodLock, Timesheet } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { isLocked, readHours, readTimeQuery, rowsOf, timeAddress, weekFrom } from './model.ts';

it('keeps the query in the address', () => {
  const query = { by: 'day', from: '2026-11-26', who: 'all' } as const;
  const { searchParams } = new URL(timeAddress('w1', query), 'http://localhost');
  expect(readTimeQuery(Object.fromEntries(searchParams))).toEqual(query);
  expect(timeAddress('w1', readTimeQuery({}))).toBe('/w/w1/time');
  expect(readTimeQuery({ by: 'month', from: '2026-13-40', who: '' })).toEqual({});
});

it('adds up the days of each task, most time first', () => {
  const sheet = (...rows: [string, number][]) =>
    ({ rows: rows.map(([key, ms]) => ({ key, name: key.toUpperCase(), ms })) }) as Timesheet;
  expect(rowsOf([sheet(['a', 1], ['b', 5]), undefined, sheet(['a', 2])])).toEqual([
    { taskId: 'b', title: 'B', ms: [5, 0, 0], total: 5 },
    { taskId: 'a', title: 'A', ms: [1, 0, 2], total: 3 },
  ]);
});

it('shows seven days across the end of a year', () => {
  expect(weekFrom('2026-12-28').slice(3, 5)).toEqual(['2026-12-31', '2027-01-01']);
});

it.each([
  ['2026-10-31', false],
  ['2026-11-01', true],
  ['2026-11-15', true],
  ['2026-11-16', false],
])('%s is locked: %s', (day, locked) => {
  expect(isLocked([{ from: '2026-11-01', to: '2026-11-15' } as PeriodLock], day)).toBe(locked);
});

it.each([
  ['1:30', 5_400_000],
  [' 0:05 ', 300_000],
  ['100:00', 360_000_000],
  ['1:60', undefined],
  ['1.5', undefined],
  ['', undefined],
])('reads %j as %s', (text, ms) => {
  expect(readHours(text)).toBe(ms);
});
