import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { isoDay, skippedDays } from './index.ts';

const UNTIL = Date.parse('2026-12-01');

it.each([
  ['Pacific/Apia', ['2011-12-30']],
  ['Pacific/Fakaofo', ['2011-12-30']],
  ['Pacific/Kwajalein', ['1993-08-21']],
  ['Pacific/Kiritimati', ['1994-12-31']],
  ['Europe/Berlin', []],
  ['Australia/Lord_Howe', []],
  ['America/Juneau', []],
  ['UTC', []],
])('%s never had %j', (zone, days) => {
  expect([...skippedDays(zone, UNTIL)]).toEqual(days.map(isoDay));
});

it('finds days of zero length', () => {
  for (const [zone, days] of [['Pacific/Apia', [isoDay('2011-12-30')]]] as const) {
    for (const day of days) {
      const date = Temporal.PlainDate.from('1970-01-01').add({ days: day });
      expect(date.toZonedDateTime(zone).epochMilliseconds).toBe(
        date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
      );
    }
  }
});
