import ICAL from 'ical.js';
import { describe, expect, it, test } from 'vitest';
import { type Due, nextDue, startOf } from '../tasks/recurrence/occurrence.ts';
import { calendarOf } from './document.ts';
import { calendarRule } from './rule.ts';

const on = (day: string): Due => ({ at: null, on: day });
const at = (instant: string): Due => ({ at: new Date(instant), on: null });
const shown = ({ at: instant, on: day }: Due) => day ?? instant?.toISOString() ?? '';

/** The due dates of a series, including the first. */
function seriesOf(rule: string, first: Due, timeZone: string, most: number): Due[] {
  const start = startOf(first, timeZone) ?? '';
  const series = [first];
  for (let due: Due | undefined = first; series.length < most; ) {
    due = nextDue({ rule, from: 'due', zone: timeZone, start, occurrence: series.length }, due, new Date(0));
    if (due === undefined) break;
    series.push(due);
  }
  return series;
}

/** The dates that another library reads from the feed of a task of that series. */
async function datesRead(
  rule: string,
  due: Due,
  series: { timeZone: string; start: string; occurrence: number },
  most: number,
) {
  const recurrence = { rule, ...series };
  const day = new Date('2026-01-01T00:00:00Z');
  const shared = { description: '', category: null, link: null, priority: 'medium', status: 'todo' } as const;
  const times = { dueAt: due.at, dueOn: due.on, completedAt: null, createdAt: day, updatedAt: day };
  const text = await calendarOf([{ id: 'x', title: 'Task', ...shared, ...times, recurrence, version: 1 }]);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zone = calendar.getFirstSubcomponent('vtimezone');
  if (zone !== null) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const dates: string[] = [];
  for (const event of calendar.getAllSubcomponents('vevent')) {
    const iterator = new ICAL.Event(event).iterator();
    for (let next = iterator.next(); next && dates.length < most; next = iterator.next()) {
      dates.push(next.isDate ? next.toString() : next.toJSDate().toISOString());
    }
  }
  return dates;
}

/** So many dates are within the expanded period, even for yearly rules. */
const COMPARED = 5;

describe('a calendar shows the dates that a task recurs on, from each of its occurrences', () => {
  it.each([
    ['FREQ=MONTHLY', on('2027-01-31'), 'UTC'],
    ['FREQ=MONTHLY;INTERVAL=5', on('2027-01-31'), 'UTC'],
    ['FREQ=MONTHLY', at('2027-01-31T07:00:00Z'), 'Europe/Berlin'],
    ['FREQ=MONTHLY;COUNT=4', on('2027-01-31'), 'UTC'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD', on('2027-01-31'), 'UTC'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;BYDAY=1MO', on('2027-02-01'), 'UTC'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY', on('2027-01-31'), 'UTC'],
    ['FREQ=MONTHLY;BYMONTHDAY=31', on('2027-01-31'), 'UTC'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', on('2027-01-29'), 'UTC'],
    ['FREQ=MONTHLY', on('2027-01-29'), 'UTC'],
    ['FREQ=MONTHLY', at('2027-01-30T22:30:00Z'), 'Europe/Berlin'],
    ['FREQ=MONTHLY', at('2026-11-30T07:00:00Z'), 'Europe/Berlin'],
    ['FREQ=MONTHLY;INTERVAL=3;COUNT=6', on('2026-11-30'), 'UTC'],
    ['FREQ=MONTHLY;UNTIL=20270630', on('2026-12-30'), 'UTC'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD', on('2027-01-31'), 'UTC'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;COUNT=5', on('2027-01-29'), 'UTC'],
    ['RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD', on('2028-02-29'), 'UTC'],
    ['RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;BYMONTH=2,4;BYMONTHDAY=31', on('2027-02-28'), 'UTC'],
    ['FREQ=MONTHLY;BYDAY=1MO', on('2027-01-06'), 'UTC'],
    ['FREQ=MONTHLY;BYDAY=1MO;COUNT=6', on('2027-01-06'), 'UTC'],
    ['FREQ=WEEKLY;BYDAY=MO;COUNT=6', at('2027-01-06T08:00:00Z'), 'Europe/Berlin'],
    ['FREQ=MONTHLY;BYMONTHDAY=-2', on('2027-01-30'), 'UTC'],
    ['FREQ=MONTHLY;BYMONTHDAY=30', on('2027-01-30'), 'UTC'],
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1', on('2027-01-30'), 'UTC'],
    ['FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU', on('2027-03-28'), 'UTC'],
    ['FREQ=YEARLY;BYYEARDAY=100,-1', on('2027-04-10'), 'UTC'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', on('2027-05-17'), 'UTC'],
    ['FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TU;BYSETPOS=1,-1', on('2027-01-04'), 'UTC'],
    ['FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU', on('2027-01-04'), 'UTC'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO', on('2027-01-03'), 'UTC'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', on('2027-08-13'), 'UTC'],
    ['FREQ=WEEKLY;BYDAY=TU,TH,SA;BYSETPOS=2', on('2027-01-07'), 'UTC'],
    ['FREQ=YEARLY', on('2028-02-29'), 'UTC'],
    ['FREQ=YEARLY', on('2027-03-31'), 'UTC'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE', on('2027-01-04'), 'UTC'],
    ['FREQ=DAILY;COUNT=5', on('2027-01-01'), 'UTC'],
    ['FREQ=DAILY;UNTIL=20270104', at('2026-12-31T21:30:00Z'), 'Asia/Tokyo'],
    ['FREQ=DAILY;UNTIL=20270104T080000Z', on('2027-01-01'), 'Asia/Tokyo'],
    ['FREQ=DAILY;UNTIL=20270104T080000Z', at('2027-01-01T08:00:00Z'), 'Asia/Tokyo'],
  ])('%s from %j in %s', async (rule, first, timeZone) => {
    const start = startOf(first, timeZone) ?? '';
    const series = seriesOf(rule, first, timeZone, 8);
    expect(series.length).toBeGreaterThan(3);
    for (const [index, due] of series.slice(0, 3).entries()) {
      const rest = series.slice(index, index + COMPARED).map(shown);
      // If the series ends earlier, so does the calendar.
      expect(await datesRead(rule, due, { timeZone, start, occurrence: index + 1 }, COMPARED)).toEqual(rest);
    }
  });
});

test.each([
  ['FREQ=MONTHLY', '2027-01-30', undefined],
  ['FREQ=MONTHLY', '2027-01-28', 'FREQ=MONTHLY'],
  ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD', '2027-01-31', undefined],
  ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD', '2027-01-15', 'FREQ=MONTHLY'],
  ['RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;BYMONTH=2;BYMONTHDAY=29', '2028-02-29', undefined],
  ['RSCALE=GREGORIAN;FREQ=WEEKLY;SKIP=FORWARD', '2027-01-31', 'FREQ=WEEKLY'],
  ['FREQ=YEARLY;BYWEEKNO=20', '2027-05-17', undefined],
  ['FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1', '2027-01-30', undefined],
])('what calendars have no way to say is written out: %s from %s', (rule, start, expected) => {
  const series = { rule, timeZone: 'UTC', occurrence: 1, start };
  expect(calendarRule(series, true)).toBe(expected);
});
