import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { isoDay, localDay } from '../../../platform/days/index.ts';
import { freeDays } from './free-days.ts';
import { streaksOf } from './streaks.ts';

const nothingFree = { isFree: () => false };

interface Choices {
  daysOff: number[];
  pauses: { id: string; from: string; to: string }[];
}

const none: Choices = { daysOff: [], pauses: [] };

/** Streaks of completions at instants, as the server counts them. */
function streaksAt(instants: readonly Date[], now: Date, timeZone: string, choices: Choices = none) {
  const days = [...new Set(instants.map((at) => isoDay(localDay(at, timeZone))))].sort((one, other) => one - other);
  return streaksOf(days, isoDay(localDay(now, timeZone)), freeDays(choices, timeZone, now));
}

/** The date on the wall of a zone at an instant, as Intl prints it. */
const dateAt = (ms: number, timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(ms);

/** The dates that a zone had between two instants, in order: by looking at the wall every hour. */
function datesBetween(from: number, to: number, timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone });
  const dates = new Set<string>();
  for (let at = from; at < to; at += 3_600_000) dates.add(format.format(at));
  dates.add(format.format(to));
  return [...dates];
}

/** The same by walking over the dates of the wall, one by one. */
function plainStreaks(instants: readonly Date[], now: Date, timeZone: string, { daysOff, pauses }: Choices) {
  if (instants.length === 0) return { active: 0, longest: 0 };
  const completed = new Set(instants.map((at) => dateAt(at.getTime(), timeZone)));
  const today = dateAt(now.getTime(), timeZone);
  let run = 0;
  let longest = 0;
  for (const date of datesBetween(Math.min(...instants.map(Number)), now.getTime(), timeZone)) {
    const isFree =
      daysOff.includes(Temporal.PlainDate.from(date).dayOfWeek) ||
      pauses.some(({ from, to }) => from <= date && date <= to);
    if (completed.has(date)) run += 1;
    else if (!isFree && date !== today) run = 0;
    longest = Math.max(longest, run);
  }
  return { active: run, longest };
}

describe('streaks of days', () => {
  const days = (...dates: string[]) => dates.map(isoDay);
  const december = days('2026-12-01', '2026-12-02', '2026-12-04', '2026-12-05', '2026-12-06');

  it.each([
    { today: '2026-12-06', active: 3 },
    { today: '2026-12-07', active: 3 },
    { today: '2026-12-08', active: 0 },
  ])('6, 5, 4, 2 and 1 December: on $today $active, the longest 3', ({ today, active }) => {
    expect(streaksOf(december, isoDay(today), nothingFree)).toEqual({ active, longest: 3 });
  });

  it('there are none without a day', () => {
    expect(streaksOf([], isoDay('2026-12-06'), nothingFree)).toEqual({ active: 0, longest: 0 });
  });

  it('a streak that is over may be the longest', () => {
    expect(streaksOf(days('2026-11-01', '2026-11-02', '2026-12-06'), isoDay('2026-12-06'), nothingFree)).toEqual({
      active: 1,
      longest: 2,
    });
  });

  it('goes on over days off and pauses, which add nothing to it', () => {
    const weekend = { daysOff: [6, 7], pauses: [{ id: 'x', from: '2026-12-08', to: '2026-12-09' }] };
    const rules = freeDays(weekend, 'UTC', new Date('2026-12-10T12:00:00Z'));
    // Friday, Monday, then paused until Wednesday; it is Thursday.
    expect(streaksOf(days('2026-12-04', '2026-12-07'), isoDay('2026-12-10'), rules)).toEqual({ active: 2, longest: 2 });
    expect(streaksOf(days('2026-12-04', '2026-12-07'), isoDay('2026-12-11'), rules)).toEqual({ active: 0, longest: 2 });
    // What is done on a Saturday counts.
    expect(streaksOf(days('2026-12-04', '2026-12-05', '2026-12-07'), isoDay('2026-12-07'), rules).active).toBe(3);
  });
});

describe('streaks in time zones', () => {
  const streaks = (timeZone: string, ...times: string[]) => {
    const instants = times.map((time) => new Date(time));
    return streaksAt(instants, instants.at(-1) ?? new Date(), timeZone);
  };

  it.each([
    ['Pacific/Kiritimati', '2026-06-01T23:50+14:00', '2026-06-02T00:10+14:00', 2],
    ['Asia/Kolkata', '2026-06-01T23:30+05:30', '2026-06-02T00:15+05:30', 2],
    ['UTC', '2026-06-01T23:50+14:00', '2026-06-02T00:10+14:00', 1],
    // 24 hours apart; the clocks change in between, in spring and in autumn.
    ['Europe/Berlin', '2026-03-28T23:59+01:00', '2026-03-30T00:01+02:00', 1],
    ['Europe/Berlin', '2026-10-24T23:30+02:00', '2026-10-25T23:30+01:00', 2],
    // There was no 30 December.
    ['Pacific/Apia', '2011-12-29T12:00-10:00', '2011-12-31T12:00+14:00', 2],
    ['Pacific/Pago_Pago', '2011-12-29T12:00-11:00', '2011-12-31T12:00-11:00', 1],
  ])('%s: %s and %s', (timeZone, first, second, active) => {
    expect(streaks(timeZone, first, second).active).toBe(active);
  });

  test.each(Intl.supportedValuesOf('timeZone'))('%s: the same as walking over the dates on the wall', (timeZone) => {
    const periods = ['2011-12-20', '2026-03-20', '2026-10-20', '1994-12-24', '1993-08-14'].map((day) =>
      Date.parse(day),
    );
    const hour = fc.integer({ min: 0, max: 24 * 14 });
    const date = fc.integer({ min: 0, max: 13 });
    fc.assert(
      fc.property(
        fc.constantFrom(...periods),
        fc.array(fc.tuple(hour, fc.constantFrom(0, 1, 1_799_000, 3_599_999)), { maxLength: 14 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
        fc.option(fc.tuple(date, date), { nil: undefined }),
        (start, times, daysOff, pause) => {
          const instants = times.map(([hours, ms]) => new Date(start + hours * 3_600_000 + ms));
          const now = new Date(start + 14.5 * 86_400_000);
          const dayOf = (offset: number) => new Date(start + offset * 86_400_000).toISOString().slice(0, 10);
          const [from = 0, to = 0] = [...(pause ?? [])].sort((one, other) => one - other);
          const pauses = pause === undefined ? [] : [{ id: 'x', from: dayOf(from), to: dayOf(to) }];
          const choices = { daysOff, pauses };
          expect(streaksAt(instants, now, timeZone, choices)).toEqual(plainStreaks(instants, now, timeZone, choices));
        },
      ),
      { numRuns: 6 },
    );
  });
});
