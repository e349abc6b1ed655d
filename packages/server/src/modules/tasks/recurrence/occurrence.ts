import { dueYears } from '@atrium/protocol';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { partsOf, type RuleParts, ruleOf } from './rule.ts';

/** A due date: an instant, a day without a time, or none. */
export interface Due {
  at: Date | null;
  /** YYYY-MM-DD. */
  on: string | null;
}

/** How a task recurs. */
export interface Series {
  /** Validated by ruleFault. */
  rule: string;
  from: 'due' | 'completion';
  /** IANA time zone. */
  zone: string;
  /** The local date, or date and time, from which the rule counts: see startOf. */
  start: string;
  /** The number of the task's occurrence, from 1. */
  occurrence: number;
}

/** Candidates that are checked before a rule is considered to never occur: 29 February takes 2,922 days. */
const MOST_ITERATIONS = 4_000;

/** A due date as local time of the zone; undefined without a due date. */
export function startOf({ at, on }: Due, zone: string): string | undefined {
  if (on !== null) return on;
  return at === null ? undefined : wallTime(at, zone).toString();
}

function wallTime(instant: Date, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** Local time as if the zone were UTC: rules are evaluated there, so that no clock change can drop or repeat a day. */
const floating = (time: Temporal.PlainDateTime) => time.toZonedDateTime('UTC');

/** Whether the start alone determines the day of the month: in shorter months it is then the last day. */
export function followsStart(parts: RuleParts): boolean {
  const isLong = ['MONTHLY', 'YEARLY'].includes(parts.get('FREQ') ?? '');
  return isLong && ![...parts.keys()].some((name) => name.startsWith('BY') || name === 'RSCALE');
}

/** The rule in the form of the library: floating, without the parts that depend on the zone. */
function floatingRule(rule: string, zone: string): string {
  const parts = new Map(partsOf(rule));
  // A task due on the 31st recurs on the last day of shorter months. A rule that names days is taken literally.
  if (followsStart(parts)) {
    parts.set('RSCALE', 'GREGORIAN');
    parts.set('SKIP', 'BACKWARD');
  }
  const until = parts.get('UNTIL');
  if (until?.endsWith('Z')) {
    const [, year, month, day, hour, minute, second] = /^(....)(..)(..)T(..)(..)(..)Z$/.exec(until) ?? [];
    const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    parts.set('UNTIL', `${wallTime(instant, zone).round('second').toString().replace(/[-:]/g, '')}Z`);
  }
  return ruleOf(parts);
}

function libraryRule(rule: string, start: Temporal.PlainDateTime) {
  return new RRuleTemporal({
    rruleString: rule,
    dtstart: floating(start),
    maxIterations: MOST_ITERATIONS,
    temporal: Temporal,
  });
}

/** The first time of a rule that counts from `start`, strictly after `after`; undefined if there is none. */
function firstAfter(rule: string, start: Temporal.PlainDateTime, after: Temporal.PlainDateTime) {
  try {
    const found = libraryRule(rule, start).next(floating(after), false);
    return found === null ? undefined : found.toPlainDateTime();
  } catch (error) {
    // The library gives up on rules that never occur, and rejects dates such as 30 February that do not exist.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The rule without COUNT: tasks are counted by their occurrence. */
function withoutCount(rule: string): string {
  const parts = new Map(partsOf(rule));
  parts.delete('COUNT');
  return ruleOf(parts);
}

/**
 * The first local time of a rule strictly after another; undefined if the series has ended.
 * @param series its `rule` is validated by ruleFault; it counts from `start`, a local date and time
 */
export function nextWallTime(
  { rule, zone, start }: Pick<Series, 'rule' | 'zone' | 'start'>,
  after: Temporal.PlainDateTime,
): Temporal.PlainDateTime | undefined {
  const next = firstAfter(floatingRule(rule, zone), Temporal.PlainDateTime.from(start), after);
  return next === undefined || next.year > dueYears.last ? undefined : next;
}

/**
 * The due date of a task's next occurrence; undefined if the series ends with this one. A local time that a clock
 * change skips is moved by the length of the gap (02:30 becomes 03:30); of a local time that occurs twice, the first is
 * used.
 * @param completedAt used for a series that counts from the day of completion
 */
export function nextDue(series: Series, due: Due, completedAt: Date): Due | undefined {
  const { rule, from, zone, start, occurrence } = series;
  const count = partsOf(rule).get('COUNT');
  if (count !== undefined && occurrence >= Number(count)) return undefined;
  const current = startOf(due, zone);
  if (current === undefined) return undefined;
  const currentTime = Temporal.PlainDateTime.from(current);
  const floatRule = floatingRule(withoutCount(rule), zone);
  const done = wallTime(completedAt, zone).toPlainDate().toPlainDateTime(currentTime.toPlainTime());
  const next =
    from === 'completion'
      ? firstAfter(floatRule, done, done)
      : firstAfter(floatRule, Temporal.PlainDateTime.from(start), currentTime);
  return next === undefined || next.year > dueYears.last ? undefined : dueAgain(due, next, zone);
}

/** A due date of the same kind as `due`, at a local time. */
function dueAgain(due: Due, time: Temporal.PlainDateTime, zone: string): Due {
  if (due.on !== null) return { at: null, on: time.toPlainDate().toString() };
  return { at: new Date(time.toZonedDateTime(zone).epochMilliseconds), on: null };
}

/**
 * Whether a due date is one of those that its rule names. The first of a series need not be: a task that recurs on
 * Mondays can first be due on a Wednesday.
 */
export function isOnRule({ rule, zone, start }: Pick<Series, 'rule' | 'zone' | 'start'>, due: Due): boolean {
  const current = startOf(due, zone);
  if (current === undefined) return false;
  if (current !== start || ![...partsOf(rule).keys()].some((name) => /^BY/.test(name))) return true;
  const time = floating(Temporal.PlainDateTime.from(current));
  const found = libraryRule(floatingRule(withoutCount(rule), zone), Temporal.PlainDateTime.from(start));
  return found.between(time, time, true).length > 0;
}

/**
 * The dates on which a task recurs within some months of its due date, if each is completed in turn; the same dates
 * that nextDue returns one after the other, found much faster. Empty for a series that counts from completion.
 */
export function upcomingDueDates(series: Series, due: Due, { months, most }: { months: number; most: number }): Due[] {
  const { rule, from, zone, start, occurrence } = series;
  const current = startOf(due, zone);
  if (from === 'completion' || current === undefined) return [];
  const count = partsOf(rule).get('COUNT');
  const left = count === undefined ? most : Math.min(most, Number(count) - occurrence);
  const first = floating(Temporal.PlainDateTime.from(current));
  const last = floating(Temporal.PlainDateTime.from(current).add({ months }));
  const found = libraryRule(floatingRule(withoutCount(rule), zone), Temporal.PlainDateTime.from(start))
    .between(first, last, true)
    .map((time) => time.toPlainDateTime())
    .filter((time) => Temporal.PlainDateTime.compare(time, current) > 0 && time.year <= dueYears.last);
  return found.slice(0, Math.max(0, left)).map((time) => dueAgain(due, time, zone));
}
