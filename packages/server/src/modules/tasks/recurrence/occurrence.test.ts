import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Due, nextDue, type Series, startOf } from './occurrence.ts';
import { ruleFault } from './rule.ts';

const on = (day: string): Due => ({ at: null, on: day });
const at = (instant: string): Due => ({ at: new Date(instant), on: null });
const shown = (due: Due | undefined) => due?.on ?? due?.at?.toISOString() ?? null;

/** Completes a task repeatedly. `when`: the instants of completion; by default the due dates. */
function complete(rule: string, first: Due, zone: string, times: number, options: Partial<Series> = {}): string[] {
  const series = { rule, from: 'due', zone, start: startOf(first, zone) ?? '', occurrence: 1, ...options } as Series;
  const out: string[] = [];
  let due: Due | undefined = first;
  for (let occurrence = 1; occurrence <= times && due !== undefined; occurrence += 1) {
    due = nextDue({ ...series, occurrence }, due, due.at ?? new Date(`${due.on}T12:00:00Z`));
    if (due !== undefined) out.push(shown(due) ?? '');
  }
  return out;
}

describe('a monthly task at the end of the month', () => {
  it('recurs on the last day of shorter months and keeps its day of the month', () => {
    expect(complete('FREQ=MONTHLY', on('2027-01-31'), 'Europe/Berlin', 5)).toEqual([
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
      '2027-06-30',
    ]);
    expect(complete('FREQ=MONTHLY', on('2027-01-30'), 'Europe/Berlin', 3)).toEqual([
      '2027-02-28',
      '2027-03-30',
      '2027-04-30',
    ]);
  });

  it('is not shifted by a late completion', () => {
    const series = { rule: 'FREQ=MONTHLY', from: 'due', zone: 'UTC', start: '2027-01-31', occurrence: 2 } as const;
    expect(nextDue(series, on('2027-02-28'), new Date('2027-03-27T10:00:00Z'))).toEqual(on('2027-03-31'));
  });

  it('skips short months if the rule names the day', () => {
    expect(complete('FREQ=MONTHLY;BYMONTHDAY=31', on('2027-01-31'), 'UTC', 2)).toEqual(['2027-03-31', '2027-05-31']);
    expect(complete('FREQ=MONTHLY;BYMONTHDAY=-1', on('2027-01-31'), 'UTC', 2)).toEqual(['2027-02-28', '2027-03-31']);
  });

  it('moves to the next month if the rule says so', () => {
    expect(complete('RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD', on('2027-01-31'), 'UTC', 3)).toEqual([
      '2027-03-01',
      '2027-03-31',
      '2027-05-01',
    ]);
  });

  it('keeps 29 February', () => {
    expect(complete('FREQ=YEARLY', on('2028-02-29'), 'UTC', 4)).toEqual([
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
    expect(complete('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', on('2028-02-29'), 'UTC', 1)).toEqual(['2032-02-29']);
    expect(complete('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29', on('2096-02-29'), 'UTC', 1)).toEqual(['2104-02-29']);
  });
});

describe.each(['UTC', 'America/Los_Angeles'])('clock changes, on a server in %s', (serverZone) => {
  const before = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = serverZone;
    expect(new Date('2026-01-01T00:00:00Z').getTimezoneOffset()).toBe(serverZone === 'UTC' ? 0 : 480);
  });
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it('keep local time and weekday', () => {
    expect(complete('FREQ=WEEKLY;BYDAY=SU', at('2026-09-27T06:00:00Z'), 'Australia/Sydney', 2)).toEqual([
      '2026-10-04T05:00:00.000Z',
      '2026-10-11T05:00:00.000Z',
    ]);
    // 01:00 on Mondays; the clocks changed on Sunday the 8th.
    expect(complete('FREQ=WEEKLY;BYDAY=MO', at('2026-03-02T08:00:00Z'), 'America/Denver', 2)).toEqual([
      '2026-03-09T07:00:00.000Z',
      '2026-03-16T07:00:00.000Z',
    ]);
  });

  it('neither drop nor repeat a day', () => {
    const days = complete('FREQ=DAILY', at('2026-03-20T00:00:00Z'), 'Europe/London', 30);
    expect(days).toHaveLength(30);
    expect(days[9]).toBe('2026-03-29T23:00:00.000Z');
    const local = days.map((day) => new Date(day).toLocaleDateString('en-CA', { timeZone: 'Europe/London' }));
    expect(local.at(-1)).toBe('2026-04-19');
    expect(new Set(local).size).toBe(30);
    // 02:30 does not exist in Berlin on 29 March 2026, and exists twice on 25 October.
    expect(complete('FREQ=DAILY', at('2026-03-28T01:30:00Z'), 'Europe/Berlin', 2)).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(complete('FREQ=DAILY', at('2026-10-24T00:30:00Z'), 'Europe/Berlin', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });
});

describe('the end of a series', () => {
  it('is reached by COUNT, by UNTIL, and with the last supported year', () => {
    expect(complete('FREQ=DAILY;COUNT=3', on('2027-01-01'), 'UTC', 9)).toEqual(['2027-01-02', '2027-01-03']);
    expect(complete('FREQ=DAILY;UNTIL=20270103', on('2027-01-01'), 'UTC', 9)).toEqual(['2027-01-02', '2027-01-03']);
    expect(complete('FREQ=DAILY;UNTIL=20270103T080000Z', at('2027-01-01T08:00:00Z'), 'Asia/Tokyo', 9)).toEqual([
      '2027-01-02T08:00:00.000Z',
      '2027-01-03T08:00:00.000Z',
    ]);
    expect(complete('FREQ=YEARLY', on('2199-05-01'), 'UTC', 9)).toEqual(['2200-05-01']);
  });

  it('is reached at once by a rule that never occurs', () => {
    for (const rule of ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;INTERVAL=7;BYDAY=TU']) {
      expect(complete(rule, on('2027-01-04'), 'UTC', 1)).toEqual([]);
    }
  });
});

it('is counted from the day of completion if the series says so', () => {
  const series = { from: 'completion', zone: 'America/New_York', start: '2027-01-01', occurrence: 1 } as const;
  const done = new Date('2027-01-11T03:00:00Z');
  expect(nextDue({ ...series, rule: 'FREQ=DAILY;INTERVAL=3' }, on('2027-01-01'), done)).toEqual(on('2027-01-13'));
  expect(nextDue({ ...series, rule: 'FREQ=WEEKLY;BYDAY=MO' }, on('2027-01-01'), done)).toEqual(on('2027-01-11'));
  const timed = nextDue({ ...series, rule: 'FREQ=DAILY' }, at('2027-01-01T22:00:00Z'), done);
  expect(timed).toEqual(at('2027-01-11T22:00:00Z'));
});

it('handles the last working day of the month', () => {
  const rule = 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1';
  expect(complete(rule, on('2027-01-29'), 'UTC', 4)).toEqual(['2027-02-26', '2027-03-31', '2027-04-30', '2027-05-31']);
});

it('always moves forward, whatever the rule', () => {
  const rules = ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,FR', 'FREQ=MONTHLY', 'FREQ=YEARLY', 'FREQ=MONTHLY;BYDAY=-1SU'];
  const zones = ['Europe/Berlin', 'Pacific/Kiritimati', 'America/St_Johns', 'UTC'];
  fc.assert(
    fc.property(
      fc.constantFrom(...rules),
      fc.constantFrom(...zones),
      fc.date({ min: new Date('1975-01-01'), max: new Date('2150-01-01'), noInvalidDate: true }),
      (rule, zone, date) => {
        const [next = ''] = complete(rule, at(date.toISOString()), zone, 1);
        const days = (Date.parse(next) - date.getTime()) / 86_400_000;
        expect(days).toBeGreaterThan(0.9);
        expect(days).toBeLessThan(367);
      },
    ),
    { numRuns: 50 },
  );
});

describe('ruleFault', () => {
  it.each([
    'FREQ=DAILY',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,-1FR;WKST=SU',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD',
    'FREQ=YEARLY;COUNT=3;BYYEARDAY=-1,200;BYSETPOS=1',
  ])('takes %s', (rule) => expect(ruleFault(rule)).toBeUndefined());

  it.each([
    ['', 'is not a part'],
    ['RRULE:FREQ=DAILY', 'is not a part'],
    ['FREQ=SECONDLY', 'FREQ must be'],
    ['FREQ=HOURLY', 'FREQ must be'],
    ['FREQ=DAILY;BYSECOND=0,1,2', 'BYSECOND is not supported'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'twice'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL must be 1 to 1000'],
    ['FREQ=DAILY;COUNT=0', 'COUNT must be'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101', 'either'],
    ['FREQ=MONTHLY;BYMONTHDAY=40', 'BYMONTHDAY must be'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY must be'],
    ['FREQ=MONTHLY;SKIP=BACKWARD', 'RSCALE'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;BYMONTHDAY=31', 'without BYMONTHDAY'],
    ['INTERVAL=2', 'needs FREQ'],
    ['FREQ=DAILY;__proto__=1', 'is not a part'],
    ['FREQ=DAILY\nDTSTART:20270101', 'FREQ must be'],
  ])('refuses %j', (rule, why) => expect(ruleFault(rule)).toContain(why));
});
