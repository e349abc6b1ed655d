import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { boundsOf, type DigestDay, nextDigest } from './schedule.ts';

/** The digests of a person one after the other, from an instant on. */
function chain(zone: string, from: string, count: number, time = '05:00'): DigestDay[] {
  const found: DigestDay[] = [];
  let now = new Date(from);
  while (found.length < count) {
    const next = nextDigest({ zone, time, lastOn: found.at(-1)?.on }, now);
    found.push(next);
    now = new Date(next.at.getTime() + 1_000);
  }
  return found;
}

/** The three digests after the one of `lastOn`. */
function chainAfter(zone: string, lastOn: string, from: Date, time: string): DigestDay[] {
  const found: DigestDay[] = [];
  for (let now = from; found.length < 3; now = found.at(-1)?.at ?? now) {
    found.push(nextDigest({ zone, time, lastOn: found.at(-1)?.on ?? lastOn }, now));
  }
  return found;
}

describe('the digest at 05:00', () => {
  it.each([
    ['Europe/Berlin', '2026-03-27T00:00:00Z', ['27T04:00', '28T04:00', '29T03:00', '30T03:00']],
    ['Europe/Berlin', '2026-10-23T00:00:00Z', ['23T03:00', '24T03:00', '25T04:00', '26T04:00']],
    ['Europe/Berlin', '2027-03-27T00:00:00Z', ['27T04:00', '28T03:00', '29T03:00']],
    ['Europe/Berlin', '2027-10-30T00:00:00Z', ['30T03:00', '31T04:00', '01T04:00']],
    ['Pacific/Chatham', '2027-01-10T12:00:00Z', ['10T15:15', '11T15:15']],
    ['Pacific/Chatham', '2027-04-02T12:00:00Z', ['02T15:15', '03T16:15']],
    ['Asia/Kathmandu', '2027-01-10T00:00:00Z', ['10T23:15', '11T23:15']],
    ['America/St_Johns', '2027-01-10T00:00:00Z', ['10T08:30', '11T08:30']],
    ['America/St_Johns', '2027-03-13T00:00:00Z', ['13T08:30', '14T07:30']],
    ['Australia/Lord_Howe', '2027-04-02T00:00:00Z', ['02T18:00', '03T18:30', '04T18:30']],
    ['Australia/Lord_Howe', '2027-10-01T00:00:00Z', ['01T18:30', '02T18:00', '03T18:00']],
    ['Africa/Cairo', '2027-04-29T00:00:00Z', ['29T03:00', '30T02:00']],
  ])('in %s from %s', (zone, from, expected) => {
    expect(chain(zone, from, expected.length).map(({ at }) => at.toISOString().slice(8, 16))).toEqual(expected);
  });

  it.each([
    ['Antarctica/Troll', '02:30', '2027-03-28', '2027-03-28T02:30:00.000Z'],
    ['America/Santiago', '00:00', '2027-09-05', '2027-09-05T04:00:00.000Z'],
    ['Europe/Berlin', '02:30', '2027-10-31', '2027-10-31T00:30:00.000Z'],
    // The hour before midnight is skipped there: an hour later it would be another day.
    ['America/Nuuk', '23:30', '2027-03-27', '2027-03-28T00:30:00.000Z'],
  ])('in %s at %s on %s', (zone, time, on, instant) => {
    const lastOn = Temporal.PlainDate.from(on).subtract({ days: 1 }).toString();
    const next = nextDigest({ zone, time, lastOn }, new Date(Date.parse(instant) - 20 * 3_600_000));
    expect({ ...next, at: next.at.toISOString() }).toEqual({ on, at: instant });
  });

  it('skips the day that Apia skipped', () => {
    const days = chain('Pacific/Apia', '2011-12-29T00:00:00Z', 3).map(({ on }) => on);
    expect(days).toEqual(['2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it('is sent at 05:00 in Tokyo after the person went there at noon, and never twice for one date', () => {
    const [today] = chain('Europe/Berlin', '2026-03-27T00:00:00Z', 1);
    const noon = new Date('2026-03-27T11:00:00Z');
    const there = nextDigest({ zone: 'Asia/Tokyo', time: '05:00', lastOn: today?.on }, noon);
    expect({ ...there, at: there.at.toISOString() }).toEqual({ on: '2026-03-28', at: '2026-03-27T20:00:00.000Z' });
    const back = nextDigest({ zone: 'America/Los_Angeles', time: '05:00', lastOn: there.on }, there.at);
    expect(back.on).toBe('2026-03-29');
  });
});

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);

it('is sent once on each local day, in every zone and at every hour', () => {
  fc.assert(
    fc.property(zones, times, (zone, time) => {
      const days = chain(zone, '2026-11-01T00:00:00Z', 370, time);
      for (const [at, { on }] of days.entries()) {
        const before = days[at - 1];
        if (before !== undefined) expect(Temporal.PlainDate.from(before.on).add({ days: 1 }).toString()).toBe(on);
        const { from, to } = boundsOf(on, zone);
        expect(days[at]!.at >= from && days[at]!.at < to).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});

/** Of 400 days, those on which a zone changes its clock; one day of a zone without changes. */
function changeDays(zone: string): Temporal.PlainDate[] {
  const start = Temporal.ZonedDateTime.from(`2026-11-01T00:00[${zone}]`);
  const end = start.add({ days: 400 });
  const days: Temporal.PlainDate[] = [];
  for (let at = start.getTimeZoneTransition('next'); at && at.epochMilliseconds < end.epochMilliseconds; ) {
    days.push(at.toPlainDate());
    at = at.getTimeZoneTransition('next');
  }
  return days.length > 0 ? days : [start.toPlainDate()];
}

it('F33 is sent once on the day of each clock change and on those beside it, in all zones at all hours', () => {
  const all = Intl.supportedValuesOf('timeZone');
  expect(all.length).toBeGreaterThan(400);
  let changes = 0;
  for (const zone of all) {
    const days = changeDays(zone);
    changes += days.length;
    for (const day of days) {
      for (let hour = 0; hour < 24; hour += 1) {
        const time = `${String(hour).padStart(2, '0')}:30`;
        const lastOn = day.subtract({ days: 2 }).toString();
        const from = new Date(boundsOf(lastOn, zone).to.getTime() - 1);
        const [first, second, third] = chainAfter(zone, lastOn, from, time);
        expect([zone, time, first?.on, second?.on, third?.on]).toEqual([
          zone,
          time,
          ...[-1, 0, 1].map((distance) => day.add({ days: distance }).toString()),
        ]);
        expect(first!.at < second!.at && second!.at < third!.at).toBe(true);
      }
    }
  }
  expect(changes, 'clock changes were tried').toBeGreaterThan(all.length);
});

it('F33 twin: 24 hours after the last one, it is sent at another hour after a clock change', () => {
  const [before, after] = chain('Europe/Berlin', '2027-03-27T00:00:00Z', 2);
  expect(after!.at.getTime()).not.toBe(before!.at.getTime() + 86_400_000);
});

it('is never sent twice for one date, wherever the person goes', () => {
  const moves = fc.array(fc.tuple(zones, fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(moves, (stays) => {
      let now = new Date('2026-11-01T00:00:00Z');
      let lastOn: string | undefined;
      for (const [zone, hours] of stays) {
        const until = new Date(now.getTime() + hours * 3_600_000);
        for (let next = nextDigest({ zone, time: '05:00', lastOn }, now); next.at <= until; ) {
          expect(lastOn === undefined || next.on > lastOn).toBe(true);
          lastOn = next.on;
          next = nextDigest({ zone, time: '05:00', lastOn }, next.at);
        }
        now = until;
      }
    }),
    { numRuns: 100 },
  );
});

it('is sent late for today after the server was off, and only for today', () => {
  const late = new Date('2027-01-15T08:00:00Z');
  const times = { zone: 'UTC', time: '05:00' };
  expect(nextDigest({ ...times, lastOn: '2027-01-12', catchesUp: true }, late).on).toBe('2027-01-15');
  expect(nextDigest({ ...times, lastOn: '2027-01-15', catchesUp: true }, late).on).toBe('2027-01-16');
  expect(nextDigest({ ...times, lastOn: '2027-01-12' }, late).on).toBe('2027-01-16');
});
