import { dueYears } from '@atrium/protocol';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { partsOf, type RuleParts, ruleOf } from './rule.ts';

/** When a task is due: at an instant, on a day without a time, or never. */
export interface Due {
  at: Date | null;
  /** YYYY-MM-DD. */
  on: string | null;
}

/** How a task comes back. */
export interface Series {
  /** Checked by ruleFault. */
  rule: string;
  from: 'due' | 'completion';
  /** IANA time zone. */
  zone: string;
  /** The local date, or date and time, from which the rule counts: see startOf. */
  start: string;
  /** Which occurrence the task is, from 1. */
  occurrence: number;
}

/** Candidates that are looked at before a rule counts as one that never occurs: 29 February takes 2,922 days. */
const MOST_ITERATIONS = 4_000;

/** A due date as the clock on the wall of the zone shows it; undefined without a due date. */
export function startOf({ at, on }: Due, zone: string): string | undefined {
  if (on !== null) return on;
  return at === null ? undefined : wallTime(at, zone).toString();
}

function wallTime(instant: Date, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** Wall-clock time as if the zone were UTC: rules are evaluated there, so that no clock change can drop or double a day. */
const floating = (time: Temporal.PlainDateTime) => time.toZonedDateTime('UTC');

/** Whether the day of the month comes from the start of the rule alone: in shorter months it is their last one. */
export function followsStart(parts: RuleParts): boolean {
  const isLong = ['MONTHLY', 'YEARLY'].includes(parts.get('FREQ') ?? '');
  return isLong && ![...parts.keys()].some((name) => name.startsWith('BY') || name === 'RSCALE');
}

/** The rule as the library takes it: floating, without what depends on the zone. */
function floatingRule(rule: string, zone: string): string {
  const parts = new Map(partsOf(rule));
  // A task due on the 31st comes back on the last day of shorter months. A rule that names days is taken at its word.
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

/** The first time of a rule that counts from `start`, strictly after `after`; undefined when there is none. */
function firstAfter(rule: string, start: Temporal.PlainDateTime, after: Temporal.PlainDateTime) {
  try {
    const found = libraryRule(rule, start).next(floating(after), false);
    return found === null ? undefined : found.toPlainDateTime();
  } catch (error) {
    // The library gives up on rules that do not occur, and refuses dates such as 30 February that no calendar has.
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
 * The first local time of a rule strictly after another; undefined: the series has ended.
 * @param series its `rule` is checked by ruleFault; it counts from `start`, a local date and time
 */
export function nextWallTime(
  { rule, zone, start }: Pick<Series, 'rule' | 'zone' | 'start'>,
  after: Temporal.PlainDateTime,
): Temporal.PlainDateTime | undefined {
  const next = firstAfter(floatingRule(rule, zone), Temporal.PlainDateTime.from(start), after);
  return next === undefined || next.year > dueYears.last ? undefined : next;
}

/**
 * When the next occurrence of a task is due; undefined: the series ends with this one.
 * A local time that a clock change skips is moved by its length (02:30 becomes 03:30); of one that occurs twice it is
 * the first.
 * @param completedAt counts for a series that follows the day of completion
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
 * Whether a due date is one of those that its rule names. The first of a series need not be: what comes back each Monday
 * can be due on a Wednesday first.
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
 * The dates on which a task comes back within some months of its due date, if each is completed in turn; they are those
 * that nextDue plans one after the other, found much faster. What counts from completion has none.
 */
export function comingDues(series: Series, due: Due, { months, most }: { months: number; most: number }): Due[] {
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
