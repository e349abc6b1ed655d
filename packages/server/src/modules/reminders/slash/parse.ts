import * as chrono from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import { nextWallTime } from '../../tasks/index.ts';

/** The recipient of a reminder. */
export type Target = { kind: 'me' } | { kind: 'person'; username: string } | { kind: 'channel'; name: string };

/** The time of a reminder, as input of the operation, with a description of its rule. */
export type TypedTime =
  | { scheduledAt: string }
  | { localTime: string }
  | { localTime: string; recurrence: string; words: string };

/** A parsed /remind command. */
export interface TypedReminder {
  target: Target;
  message: string;
  /** undefined if no time was found. */
  time: TypedTime | undefined;
}

/** The time of day for a date without one. */
const DAY_TIME = Temporal.PlainTime.from('09:00');

const TARGET = /^(?:me|@([a-z0-9][a-z0-9._-]{0,28}[a-z0-9])|#(?:"([^"]{1,80})"|(\S{1,80})))(?=\s|$)/iu;
const LEAD = /^(?:to|that|about)\s+/iu;
const QUOTED = /^"(.*)"$/su;
const TRAIL = /[\s,;]+(?:on|at|by)?\s*$/iu;

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY = `(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun`;
const TIME = String.raw`(?:\s+(?:at\s+)?(noon|midnight|\d{1,2}(?::\d{2})?\s*(?:am|pm)?))?`;
const EVERY = String.raw`every\s+(?:(weekday)|((?:${DAY})(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:${DAY}))*)|(?:(other|\d{1,3})\s+)?(day|week|month|year)s?)${TIME}`;
const IN = /in\s+(an?|half\s+an|\d{1,5})\s+(minute|min|hour|hr|day|week|month|year)s?/iu;

const UNITS: Readonly<Record<string, string>> = { min: 'minute', hr: 'hour' };
const FREQUENCIES: Readonly<Record<string, string>> = {
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
};

const iso = (time: Temporal.PlainDateTime) => time.toString({ smallestUnit: 'minute' });

/** A match at the end of a text, or else at its beginning, and the rest of the text. */
function takePart(text: string, pattern: string): { match: RegExpExecArray; rest: string } | undefined {
  const end = new RegExp(`(?:^|[\\s,;])${pattern}\\s*$`, 'iu').exec(text);
  if (end !== null) return { match: end, rest: text.slice(0, end.index).replace(TRAIL, '').trim() };
  const start = new RegExp(`^${pattern}(?=[\\s,;]|$)`, 'iu').exec(text);
  return start === null ? undefined : { match: start, rest: text.slice(start[0].length).replace(/^[\s,;]+/u, '') };
}

function timeOfDay(typed: string | undefined): Temporal.PlainTime | undefined {
  if (typed === undefined) return DAY_TIME;
  if (/^noon$/iu.test(typed)) return Temporal.PlainTime.from('12:00');
  if (/^midnight$/iu.test(typed)) return Temporal.PlainTime.from('00:00');
  const [, hour = '', minute = '0', half] = /^(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$/iu.exec(typed) ?? [];
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/iu.test(half) ? 12 : 0);
  const isValid = hour !== '' && hours < 24 && Number(minute) < 60 && (half === undefined || Number(hour) <= 12);
  return isValid ? Temporal.PlainTime.from({ hour: hours, minute: Number(minute) }) : undefined;
}

/** The rule for the words between "every" and the time, and its description. */
function ruleOf([, weekday, days, interval, unit]: readonly (string | undefined)[]): { rule: string; words: string } {
  if (weekday !== undefined) return { rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', words: 'every weekday' };
  if (days !== undefined) {
    const named = [...days.toLowerCase().matchAll(new RegExp(DAY, 'gu'))].map(([day]) =>
      DAYS.findIndex((each) => each.startsWith(day.slice(0, 3))),
    );
    const sorted = [...new Set(named)].sort((one, other) => one - other);
    const names = sorted.map((at) => DAYS[at] ?? '').map((day) => `${day[0]?.toUpperCase()}${day.slice(1)}`);
    return { rule: `FREQ=WEEKLY;BYDAY=${sorted.map((at) => CODES[at]).join(',')}`, words: `every ${names.join(', ')}` };
  }
  const every = interval === undefined ? 1 : /other/iu.test(interval) ? 2 : Number(interval);
  const name = (unit ?? 'day').toLowerCase();
  const frequency = `FREQ=${FREQUENCIES[name]}`;
  if (every === 1) return { rule: frequency, words: `every ${name}` };
  return { rule: `${frequency};INTERVAL=${every}`, words: `every ${every} ${name}s` };
}

/** The first future time of a rule, at this time of day: today, if that matches. */
function recurringTime(rule: string, time: Temporal.PlainTime, here: Temporal.ZonedDateTime) {
  const now = here.toPlainDateTime();
  const today = here.toPlainDate().toPlainDateTime(time);
  const namesDays = rule.includes('BYDAY');
  if (!namesDays) {
    if (Temporal.PlainDateTime.compare(today, now) > 0) return today;
    return nextWallTime({ rule, zone: here.timeZoneId, start: today.toString() }, now);
  }
  return nextWallTime({ rule, zone: here.timeZoneId, start: today.subtract({ days: 1 }).toString() }, now);
}

/** A time in a text and the rest of it. Without `time`, one was found but is invalid. */
interface Taken {
  time: TypedTime | undefined;
  rest: string;
}

function takeRecurrence(text: string, here: Temporal.ZonedDateTime): Taken | undefined {
  const taken = takePart(text, EVERY);
  if (taken === undefined) return undefined;
  const { rest } = taken;
  const time = timeOfDay(taken.match[5]);
  const { rule, words } = ruleOf(taken.match);
  const first = time === undefined || rule.endsWith('INTERVAL=0') ? undefined : recurringTime(rule, time, here);
  return { rest, time: first && { localTime: iso(first), recurrence: rule, words } };
}

/** "in 20 minutes": minutes and hours are exact, days and longer keep the time of day. */
function takeDelay(text: string, here: Temporal.ZonedDateTime): Taken | undefined {
  const taken = takePart(text, IN.source);
  if (taken === undefined) return undefined;
  const [, amount = '', typed = ''] = taken.match;
  const unit = UNITS[typed.toLowerCase()] ?? typed.toLowerCase();
  const isHalf = /^half/iu.test(amount);
  if (isHalf && unit !== 'hour') return undefined;
  const count = isHalf ? 30 : /^an?$/iu.test(amount) ? 1 : Number(amount);
  const at = here.add({ [`${isHalf ? 'minute' : unit}s`]: count });
  return { time: { scheduledAt: new Date(at.epochMilliseconds).toISOString() }, rest: taken.rest };
}

/** A date at the end or at the beginning, in the caller's zone. */
function takeDate(text: string, here: Temporal.ZonedDateTime): Taken | undefined {
  const reference = { instant: new Date(here.epochMilliseconds), timezone: here.offsetNanoseconds / 60e9 };
  const found = chrono.parse(text, reference, { forwardDate: true });
  const last = found.at(-1);
  const first = found[0];
  const atEnd = last !== undefined && last.index + last.text.length === text.length;
  const date = atEnd ? last : first?.index === 0 ? first : undefined;
  if (date === undefined) return undefined;
  const { start } = date;
  const day = Temporal.PlainDate.from({
    year: start.get('year') ?? here.year,
    month: start.get('month') ?? here.month,
    day: start.get('day') ?? here.day,
  });
  const clock = { hour: start.get('hour') ?? 0, minute: start.get('minute') ?? 0 };
  const time = day.toPlainDateTime(start.isCertain('hour') ? Temporal.PlainTime.from(clock) : DAY_TIME);
  const isPast = Temporal.PlainDateTime.compare(time, here.toPlainDateTime()) <= 0;
  const isAnyDay = !start.isCertain('day') && !start.isCertain('weekday');
  const rest = atEnd ? text.slice(0, date.index).replace(TRAIL, '') : text.slice(date.text.length);
  return { time: { localTime: iso(isPast && isAnyDay ? time.add({ days: 1 }) : time) }, rest: rest.trim() };
}

function targetOf([, username, quoted, channel]: RegExpExecArray): Target {
  if (username !== undefined) return { kind: 'person', username: username.toLowerCase() };
  const name = quoted ?? channel;
  return name === undefined ? { kind: 'me' } : { kind: 'channel', name };
}

function wordsOf(text: string): string {
  const words = text
    .trim()
    .replace(/^[,;\s]+/u, '')
    .replace(LEAD, '')
    .trim();
  return QUOTED.exec(words)?.[1]?.trim() ?? words;
}

/**
 * Parses a reminder as people type it, in English: recipient, text and time, with the time before or after the text.
 * @param zone IANA time zone of the caller
 * @returns undefined if it does not begin with a recipient
 */
export function parseReminder(text: string, now: Date, zone: string): TypedReminder | undefined {
  const target = TARGET.exec(text);
  if (target === null) return undefined;
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const rest = text.slice(target[0].length).trim();
  const taken = takeRecurrence(rest, here) ?? takeDelay(rest, here) ?? takeDate(rest, here);
  return { target: targetOf(target), message: wordsOf(taken?.rest ?? rest), time: taken?.time };
}
