import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysBetween } from '../../../platform/days/index.ts';
import { hoursOf, minorUnits, worth } from './apportion.ts';
import { type Line, type Rounding, roundLines, type SheetEntry, splitOverDays } from './lines.ts';
import { countOverlapping, rowsOf, sumOf, sumsOfEach } from './summary.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let entries = 0;

function entryOf(start: string, stop: string, more: Partial<SheetEntry> = {}): SheetEntry {
  entries += 1;
  return {
    id: `entry-${entries}`,
    kind: 'timer',
    userId: 'ann',
    taskId: 'task',
    startMs: Date.parse(start),
    stopMs: Date.parse(stop),
    durationMs: Date.parse(stop) - Date.parse(start),
    isRunning: false,
    note: '',
    reason: null,
    corrects: null,
    billable: true,
    rate: null,
    person: 'Ann',
    task: 'Task',
    category: '',
    ...more,
  };
}

function sheet(zone: string, from: string, to: string, list: SheetEntry[], rounding?: Rounding): Line[] {
  const lines = splitOverDays(list, daysBetween(from, to, zone));
  return rounding === undefined ? lines : roundLines(lines, rounding);
}

const perDay = (lines: Line[]) => rowsOf(lines, 'day').map(({ key, ms }) => [key, ms / MINUTE]);

test('an entry across midnight counts for each day, in the zone of the viewer', () => {
  // 23:30 to 02:00 in Bogotá, UTC-5.
  const night = entryOf('2026-05-03T04:30:00Z', '2026-05-03T07:00:00Z');
  expect(perDay(sheet('America/Bogota', '2026-05-01', '2026-05-31', [night]))).toEqual([
    ['2026-05-02', 30],
    ['2026-05-03', 120],
  ]);
  expect(perDay(sheet('Asia/Tokyo', '2026-05-01', '2026-05-31', [night]))).toEqual([['2026-05-03', 150]]);
});

test('days of a clock change have 23 or 25 hours', () => {
  const autumn = entryOf('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z');
  expect(perDay(sheet('Europe/Berlin', '2026-10-20', '2026-10-30', [autumn]))).toEqual([['2026-10-25', 25 * 60]]);
  // 01:40 to 03:20 local time, where the hour from 2 to 3 does not exist.
  const spring = entryOf('2026-03-29T00:40:00Z', '2026-03-29T01:20:00Z');
  expect(perDay(sheet('Europe/Berlin', '2026-03-29', '2026-03-29', [spring]))).toEqual([['2026-03-29', 40]]);
  const whole = entryOf('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z');
  expect(perDay(sheet('Europe/Berlin', '2026-03-29', '2026-03-29', [whole]))).toEqual([['2026-03-29', 23 * 60]]);
});

test('only time within the days of the sheet counts', () => {
  const long = entryOf('2026-05-01T00:00:00Z', '2026-05-04T00:00:00Z');
  expect(perDay(sheet('UTC', '2026-05-02', '2026-05-02', [long]))).toEqual([['2026-05-02', 24 * 60]]);
});

test('a correction counts on the day on which its entry began', () => {
  const night = entryOf('2026-05-02T23:00:00Z', '2026-05-03T01:00:00Z', { id: 'night' });
  const correction = entryOf('2026-05-02T23:00:00Z', '2026-05-02T23:00:00Z', {
    kind: 'correction',
    corrects: 'night',
    durationMs: -30 * MINUTE,
  });
  expect(perDay(sheet('UTC', '2026-05-01', '2026-05-31', [night, correction]))).toEqual([
    ['2026-05-02', 30],
    ['2026-05-03', 60],
  ]);
});

const minutes = (count: number, at = 0) => {
  const start = Date.parse('2026-05-04T08:00:00Z') + at * HOUR;
  return entryOf(new Date(start).toISOString(), new Date(start + count * MINUTE).toISOString());
};

test('decimal hours of the lines add up to those of the total', () => {
  const three = sheet('UTC', '2026-05-04', '2026-05-04', [minutes(20), minutes(20, 1), minutes(20, 2)]);
  expect(sumOf(three).hours).toBe(1);
  expect(sumsOfEach(three).map(({ hours }) => hours)).toEqual([0.33, 0.34, 0.33]);
  const seven = sheet(
    'UTC',
    '2026-05-04',
    '2026-05-04',
    Array.from({ length: 7 }, (_, at) => minutes(7, at)),
  );
  expect(sumOf(seven).hours).toBe(0.82);
  expect(sumsOfEach(seven).reduce((sum, { hours }) => sum + Math.round(hours * 100), 0)).toBe(82);
});

test.each([
  { mode: 'none', per: 'entry', rounded: [7, 7, 24] },
  { mode: 'up', per: 'entry', rounded: [15, 15, 30] },
  { mode: 'nearest', per: 'entry', rounded: [0, 0, 30] },
  { mode: 'up', per: 'day', rounded: [7, 7, 31] },
  { mode: 'nearest', per: 'day', rounded: [7, 7, 31] },
] as const)('rounding $mode to 15 minutes per $per', ({ mode, per, rounded }) => {
  const lines = sheet('UTC', '2026-05-04', '2026-05-04', [minutes(7), minutes(7, 1), minutes(24, 2)], {
    mode,
    per,
    minutes: 15,
  });
  expect(lines.map(({ roundedMs }) => roundedMs / MINUTE)).toEqual(rounded);
  expect(lines.map(({ ms }) => ms / MINUTE)).toEqual([7, 7, 24]);
});

test('money is rounded once, and its column adds up', () => {
  const rate = { amountMinor: 10_000, currency: 'EUR' };
  const lines = sheet(
    'UTC',
    '2026-05-04',
    '2026-05-04',
    [minutes(20), minutes(20, 1), minutes(20, 2)].map((entry) => ({ ...entry, rate })),
  );
  expect(sumOf(lines).amounts).toEqual([{ currency: 'EUR', amountMinor: 10_000 }]);
  const each = sumsOfEach(lines).map(({ amounts }) => amounts[0]?.amountMinor ?? 0);
  expect(each).toEqual([3_333, 3_334, 3_333]);
  expect(minorUnits([worth(-30 * MINUTE, 1_250)])).toEqual([-625]);
});

test('overlapping entries of one person are counted, those of different people are not', () => {
  const list = [minutes(60), minutes(20), minutes(20, 3), { ...minutes(20, 3), userId: 'ben' }];
  expect(countOverlapping(sheet('UTC', '2026-05-04', '2026-05-04', list))).toBe(2);
});

const spans = fc
  .tuple(fc.integer({ min: 0, max: 40 * 24 * HOUR }), fc.integer({ min: 1, max: 5 * 24 * HOUR }), fc.nat({ max: 3 }))
  .map(([offset, length, who]) => {
    const start = Date.parse('2026-03-10T00:00:00Z') + offset;
    const stop = new Date(start + length).toISOString();
    return { ...entryOf(new Date(start).toISOString(), stop), userId: `user-${who}`, person: `User ${who}` };
  });
const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/Bogota',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
);

test('with any grouping and zone, a sheet adds up to its entries, and no day exceeds its length', () => {
  fc.assert(
    fc.property(fc.array(spans, { maxLength: 30 }), zones, (list, zone) => {
      const days = daysBetween('2026-03-09', '2026-05-01', zone);
      const lines = splitOverDays(list, days);
      const exact = list.reduce((sum, { durationMs }) => sum + durationMs, 0);
      for (const by of ['user', 'task', 'day', 'category'] as const) {
        expect(rowsOf(lines, by).reduce((sum, row) => sum + row.ms, 0)).toBe(exact);
      }
      expect(sumOf(lines).ms).toBe(exact);
      for (const { day, ms } of lines) {
        const at = days.names.indexOf(day);
        expect(ms).toBeLessThanOrEqual((days.starts[at + 1] ?? 0) - (days.starts[at] ?? 0));
      }
    }),
  );
});

test('the columns of hours and amounts add up to the rounded total', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -HOUR, max: 100 * HOUR }), { maxLength: 50 }), (list) => {
      const total = list.reduce((sum, ms) => sum + ms, 0);
      const hundredths = hoursOf(list).reduce((sum, hours) => sum + Math.round(hours * 100), 0);
      expect(hundredths).toBe(Math.round(Math.abs(total) / 36_000) * Math.sign(total) + 0);
    }),
  );
});
