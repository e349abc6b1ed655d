import { expect, it } from 'vitest';
import { dayAfter, instantAt, weekStart } from './days.ts';

it.each([
  ['2026-11-26', 1, '2026-11-27'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-03-28', 2, '2026-03-30'],
  ['2026-03-01', -1, '2026-02-28'],
])('%s and %i days is %s', (day, days, after) => {
  expect(dayAfter(day, days)).toBe(after);
});

it.each([
  ['2026-11-26', 1, '2026-11-23'],
  ['2026-11-23', 1, '2026-11-23'],
  ['2026-11-29', 1, '2026-11-23'],
  ['2026-11-26', 7, '2026-11-22'],
  ['2026-11-22', 7, '2026-11-22'],
])('the week of %s that begins with weekday %i begins on %s', (day, firstWeekday, start) => {
  expect(weekStart(day, firstWeekday)).toBe(start);
});

it.each([
  ['2026-11-26', '14:30', 'UTC', '2026-11-26T14:30:00.000Z'],
  ['2026-11-26', '00:15', 'Europe/Berlin', '2026-11-25T23:15:00.000Z'],
  ['2026-07-01', '00:15', 'Europe/Berlin', '2026-06-30T22:15:00.000Z'],
  ['2026-03-29', '03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29', '01:30', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
  ['2026-10-25', '04:00', 'Europe/Berlin', '2026-10-25T03:00:00.000Z'],
  ['2026-11-26', '09:00', 'Asia/Kathmandu', '2026-11-26T03:15:00.000Z'],
  ['2026-11-26', '09:00', 'Pacific/Kiritimati', '2026-11-25T19:00:00.000Z'],
])('%s %s in %s is %s', (day, clock, zone, instant) => {
  expect(instantAt(day, clock, zone)).toBe(instant);
});
