import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { ReminderRow } from '../rows/tables.ts';
import { movedToZone, nextOccurrence, type TimingFacts, timingOf, type WantedTime } from './timing.ts';
import { beforeDueDate, resolveLocal } from './wall-time.ts';

const now = new Date('2026-11-01T12:00:00Z');
const facts = (over: Partial<TimingFacts> = {}): TimingFacts => ({
  zone: 'Europe/Berlin',
  now,
  due: undefined,
  ...over,
});
const at = (wanted: WantedTime, over?: Partial<TimingFacts>) => {
  const { scheduled_at, adjusted } = timingOf(wanted, facts(over));
  return [scheduled_at?.toISOString(), adjusted];
};

/** A stored reminder that was never sent. */
function row(wanted: WantedTime, over?: Partial<TimingFacts>): ReminderRow {
  return { ...timingOf(wanted, facts(over)), sent_at: null, snoozed_until: null } as ReminderRow;
}

describe('a local time', () => {
  it.each([
    // The zone, the time, the instant, how it differs.
    ['Europe/Berlin', '2027-01-15T09:00', '2027-01-15T08:00:00.000Z', null],
    ['Europe/Berlin', '2027-03-28T02:30', '2027-03-28T01:30:00.000Z', 'skipped'],
    ['Europe/Berlin', '2027-03-28T03:30', '2027-03-28T01:30:00.000Z', null],
    ['Europe/Berlin', '2027-10-31T02:30', '2027-10-31T00:30:00.000Z', 'repeated'],
    ['Europe/Berlin', '2027-10-31T03:00', '2027-10-31T02:00:00.000Z', null],
    ['Australia/Lord_Howe', '2027-10-03T02:10', '2027-10-02T15:40:00.000Z', 'skipped'],
    ['Australia/Lord_Howe', '2027-04-04T01:45', '2027-04-03T14:45:00.000Z', 'repeated'],
    ['Antarctica/Troll', '2027-03-28T02:30', '2027-03-28T02:30:00.000Z', 'skipped'],
    ['America/Santiago', '2027-09-05T00:00', '2027-09-05T04:00:00.000Z', 'skipped'],
    ['Africa/Cairo', '2027-04-30T00:30', '2027-04-29T22:30:00.000Z', 'skipped'],
    ['Pacific/Chatham', '2027-01-15T09:00', '2027-01-14T19:15:00.000Z', null],
    ['Asia/Kathmandu', '2027-01-15T09:00', '2027-01-15T03:15:00.000Z', null],
    ['America/St_Johns', '2027-01-15T09:00', '2027-01-15T12:30:00.000Z', null],
  ])('in %s, %s is %s (%s)', (zone, localTime, instant, adjusted) => {
    expect(at({ localTime }, { zone })).toEqual([instant, adjusted]);
  });

  it('is shifted only if the zone skips it, in every zone and hour', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const minutes = fc.integer({ min: 0, max: 400 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, after) => {
        const time = Temporal.PlainDateTime.from('2026-11-01T00:00').add({ minutes: after });
        const { at: instant, adjusted } = resolveLocal(time, zone);
        const shown = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
        const shift = shown.toPlainDateTime().since(time, { largestUnit: 'minutes' }).minutes;
        expect(shift === 0).toBe(adjusted !== 'skipped');
        expect(shift).toBeGreaterThanOrEqual(0);
        // A zone that moves across the date line skips a day; others at most an hour or two.
        expect(shift).toBeLessThanOrEqual(24 * 60);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('before a due date', () => {
  const due = { at: new Date('2027-03-29T07:00:00Z'), on: null };
  it.each([
    [due, 'PT1H', '2027-03-29T06:00:00.000Z', null],
    [due, 'PT0M', '2027-03-29T07:00:00.000Z', null],
    // 09:00 on both days, although there are 25 hours between them.
    [due, 'P1D', '2027-03-28T07:00:00.000Z', null],
    [due, 'P2D', '2027-03-27T08:00:00.000Z', null],
    [due, 'P1W', '2027-03-22T08:00:00.000Z', null],
    [due, 'P1DT1H', '2027-03-28T06:00:00.000Z', null],
    [{ at: new Date('2027-03-29T00:30:00Z'), on: null }, 'P1D', '2027-03-28T01:30:00.000Z', 'skipped'],
    [{ at: null, on: '2027-03-29' }, 'P1D', '2027-03-28T07:00:00.000Z', null],
    [{ at: null, on: '2027-03-29' }, 'PT1H', '2027-03-29T06:00:00.000Z', null],
    [{ at: null, on: null }, 'PT1H', undefined, undefined],
  ])('%j, %s: %s (%s)', (date, before, instant, adjusted) => {
    const found = beforeDueDate(date, before, 'Europe/Berlin');
    expect([found?.at.toISOString(), found?.adjusted]).toEqual([instant, adjusted]);
  });
});

describe('invalid times', () => {
  const due = { at: new Date('2026-11-01T13:00:00Z'), on: null };
  it.each([
    [{}, 'one_time'],
    [{ scheduledAt: '2027-01-01T00:00:00Z', localTime: '2027-01-01T00:00' }, 'one_time'],
    [{ scheduledAt: '2026-11-01T12:00:00Z' }, 'past'],
    [{ scheduledAt: '2031-11-01T12:00:01Z' }, 'too_late'],
    [{ localTime: '2026-11-01T13:00' }, 'past'],
    [{ before: 'PT1H' }, 'past'],
    [{ before: 'PT1H', recurrence: 'FREQ=DAILY' }, 'unexpected'],
    [{ scheduledAt: '2027-01-01T00:00:00Z', recurrence: 'FREQ=HOURLY' }, 'invalid_rule'],
    [{ scheduledAt: '2027-01-01T00:00:00Z', recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'never_occurs'],
    [{ scheduledAt: '2027-01-01T00:00:00Z', recurrence: 'FREQ=DAILY;COUNT=1' }, 'never_occurs'],
  ] satisfies [WantedTime, string][])('%j: %s', (wanted, code) => {
    const refused = expect.objectContaining({ errors: [expect.objectContaining({ code })] });
    expect(() => timingOf(wanted, facts({ due }))).toThrow(expect.objectContaining({ details: refused }));
  });

  it.each([
    [undefined, 'needs_task'],
    [{ at: null, on: null }, 'needs_due'],
  ])('before %j: %s', (date, code) => {
    const refused = expect.objectContaining({ errors: [expect.objectContaining({ code })] });
    expect(() => timingOf({ before: 'PT1H' }, facts({ due: date }))).toThrow(
      expect.objectContaining({ details: refused }),
    );
  });
});

/** The instants of a series that is sent on time, with how they differ from the local time. */
function series(start: ReminderRow, count: number): (string | null | undefined)[][] {
  const found: (string | null | undefined)[][] = [];
  for (let current: ReminderRow | undefined = start; current !== undefined && found.length < count; ) {
    found.push([current.scheduled_at?.toISOString(), current.adjusted]);
    const next = nextOccurrence(current, current.scheduled_at!);
    current = next === undefined ? undefined : { ...current, ...next };
  }
  return found;
}

describe('a recurring reminder', () => {
  it('keeps its local time over both clock changes', () => {
    const spring = row({ localTime: '2027-03-27T02:30', recurrence: 'FREQ=DAILY' });
    expect(series(spring, 3)).toEqual([
      ['2027-03-27T01:30:00.000Z', null],
      ['2027-03-28T01:30:00.000Z', 'skipped'],
      ['2027-03-29T00:30:00.000Z', null],
    ]);
    const autumn = row({ localTime: '2027-10-30T02:30', recurrence: 'FREQ=DAILY' });
    expect(series(autumn, 3)).toEqual([
      ['2027-10-30T00:30:00.000Z', null],
      ['2027-10-31T00:30:00.000Z', 'repeated'],
      ['2027-11-01T01:30:00.000Z', null],
    ]);
  });

  it('is sent once although its hour is repeated, on Lord Howe by half an hour', () => {
    const start = row({ localTime: '2027-04-03T01:45', recurrence: 'FREQ=DAILY' }, { zone: 'Australia/Lord_Howe' });
    expect(series(start, 3).map(([instant]) => instant)).toEqual([
      '2027-04-02T14:45:00.000Z',
      '2027-04-03T14:45:00.000Z',
      '2027-04-04T15:15:00.000Z',
    ]);
  });

  it('ends by COUNT and UNTIL', () => {
    const three = row({ localTime: '2027-01-04T09:00', recurrence: 'FREQ=WEEKLY;BYDAY=MO;COUNT=3' });
    expect(series(three, 9)).toHaveLength(3);
    const until = row({ localTime: '2027-01-04T09:00', recurrence: 'FREQ=DAILY;UNTIL=20270106T080000Z' });
    expect(series(until, 9)).toHaveLength(3);
  });

  it('continues after now when occurrences were missed, and keeps its weekday and interval', () => {
    const start = row({ localTime: '2027-01-04T09:00', recurrence: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' });
    const next = nextOccurrence(start, new Date('2027-02-03T12:00:00Z'));
    expect(next).toMatchObject({ local_time: '2027-02-15T09:00:00', occurrence: 2 });
  });

  it('counts from the instant that it was created with, in the zone of its creator', () => {
    const start = row({ scheduledAt: '2027-01-04T08:00:00Z', recurrence: 'FREQ=DAILY' });
    expect(start).toMatchObject({ local_time: '2027-01-04T09:00:00', recurrence_start: '2027-01-04T09:00:00' });
  });
});

describe('another zone', () => {
  const zone = 'Asia/Tokyo';
  const move = (from: ReminderRow, over: { at?: string } = {}) =>
    movedToZone(from, zone, { now: new Date(over.at ?? now), due: undefined });

  it('moves a local time, and keeps an instant', () => {
    const local = row({ localTime: '2026-11-02T09:00' });
    expect(move(local)).toEqual({ zone, scheduled_at: new Date('2026-11-02T00:00:00Z'), adjusted: null });
    expect(move(row({ scheduledAt: '2026-11-02T08:00:00Z' }))).toBeUndefined();
  });

  it('sends immediately what has passed there, and a recurring one with its next occurrence', () => {
    const today = row({ localTime: '2026-11-01T15:00' });
    expect(move(today)).toMatchObject({ scheduled_at: new Date('2026-11-01T06:00:00Z') });
    const daily = row({ localTime: '2026-11-01T15:00', recurrence: 'FREQ=DAILY' });
    expect(move(daily)).toMatchObject({ scheduled_at: new Date('2026-11-02T06:00:00Z') });
  });

  it('does not send again what was sent', () => {
    const sent = { ...row({ localTime: '2026-11-01T15:00' }), sent_at: new Date('2026-11-01T14:00:05Z') };
    expect(movedToZone(sent, 'America/New_York', { now: sent.sent_at, due: undefined })).toBeUndefined();
  });

  it('moves whole days before a due date', () => {
    const due = { at: new Date('2027-03-29T07:00:00Z'), on: null };
    const before = row({ before: 'P1D' }, { due });
    const moved = movedToZone(before, zone, { now, due });
    expect(moved).toEqual({ zone, scheduled_at: new Date('2027-03-28T07:00:00Z'), adjusted: null });
  });
});
