import { Temporal } from 'temporal-polyfill';
import { followsStart, partsOf, type RuleParts, ruleOf } from '../tasks/index.ts';

/** The recurrence of a task from its due date. */
export interface CalendarRecurrence {
  /** The rule as stored with the task. */
  rule: string;
  timeZone: string;
  /** Which occurrence of the series the task is, from 1. */
  occurrence: number;
  /** The local date, or date and time, from which the rule counts. */
  start: string;
}

const PER_MONTH = /^(MONTHLY|YEARLY)$/;
/** The last day number that every month has. */
const SAFE_DAY = 28;
const LONGEST_MONTH = 31;

/** The local date and time of `YYYYMMDDTHHMMSSZ`. */
function localTime(until: string, timeZone: string): Temporal.PlainDateTime {
  const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(until) ?? [];
  const instant = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

const compact = (text: string) => text.replace(/[-:]/g, '');

/** UNTIL is a date where tasks are due on days, and an instant otherwise (RFC 5545 §3.3.10). */
function untilFor(until: string, timeZone: string, isDay: boolean): string {
  const isInstant = until.endsWith('Z');
  if (isInstant === !isDay) return until;
  if (isInstant) return compact(localTime(until, timeZone).toPlainDate().toString());
  const end = Temporal.PlainDate.from(until).toPlainDateTime('23:59:59').toZonedDateTime(timeZone).toInstant();
  return compact(end.toString({ smallestUnit: 'second' }));
}

/**
 * Expresses in RFC 5545 that a day missing in a month means its last day. Calendar programs do not support RFC 7529,
 * and not all support BYSETPOS with BYMONTHDAY, which the 29th and the 30th would need.
 */
function lastOfShortMonths(parts: RuleParts, start: string): RuleParts | undefined {
  const { day, month } = Temporal.PlainDate.from(start);
  const isYearly = parts.get('FREQ') === 'YEARLY';
  if (day <= SAFE_DAY || (isYearly && month !== 2)) return parts;
  if (isYearly) return new Map([...parts, ['BYMONTH', '2'], ['BYMONTHDAY', '-1']]);
  return day === LONGEST_MONTH ? new Map([...parts, ['BYMONTHDAY', '-1']]) : undefined;
}

/** An equivalent rule without SKIP; undefined if there is none. */
function withoutSkip(parts: RuleParts, start: string, skip: string): RuleParts | undefined {
  if (skip === 'OMIT' || !PER_MONTH.test(parts.get('FREQ') ?? '')) return parts;
  if ([...parts.keys()].some((name) => name.startsWith('BY'))) {
    return parts.has('BYMONTHDAY') || parts.has('BYMONTH') ? undefined : parts;
  }
  const said = lastOfShortMonths(parts, start);
  return said === parts || skip === 'BACKWARD' ? said : undefined;
}

/** Whether programs disagree on a rule: weeks of the year, and positions among anything but the weekdays of a month. */
function isDisputed(parts: RuleParts): boolean {
  if (parts.has('BYWEEKNO')) return true;
  const isOfMonths = parts.get('FREQ') === 'MONTHLY' || (parts.get('FREQ') === 'YEARLY' && parts.has('BYMONTH'));
  return parts.has('BYSETPOS') && (!isOfMonths || parts.has('BYMONTHDAY') || parts.has('BYYEARDAY'));
}

/**
 * The rule of a task for calendar programs, starting at its due date; undefined if they cannot express it, so that its
 * dates must be expanded.
 * @param isDay the task is due on a day without a time
 */
export function calendarRule(
  { occurrence, rule, start, timeZone }: CalendarRecurrence,
  isDay: boolean,
): string | undefined {
  const parts = new Map(partsOf(rule));
  const skip = parts.get('SKIP') ?? (followsStart(parts) ? 'BACKWARD' : 'OMIT');
  parts.delete('RSCALE');
  parts.delete('SKIP');
  const count = parts.get('COUNT');
  if (count !== undefined) parts.set('COUNT', String(Math.max(1, Number(count) - occurrence + 1)));
  const until = parts.get('UNTIL');
  if (until !== undefined) parts.set('UNTIL', untilFor(until, timeZone, isDay));
  const said = withoutSkip(parts, start, skip);
  return said === undefined || isDisputed(said) ? undefined : ruleOf(said);
}
