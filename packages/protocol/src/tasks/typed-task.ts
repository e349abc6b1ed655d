import { parse as parseGerman } from 'chrono-node/de';
import { parse as parseEnglish } from 'chrono-node/en';
import { parse as parseJapanese } from 'chrono-node/ja';
import { Temporal } from 'temporal-polyfill';
import { dueYears } from './limits.ts';
import type { TaskPriority } from './task.ts';

/** A parsed task. */
export interface TypedTask {
  title: string;
  dueAt?: string;
  /** YYYY-MM-DD. */
  dueOn?: string;
  /** The text of the due date, as typed. */
  dueWords?: string;
  priority?: TaskPriority;
  category?: string;
  /** Lower-case usernames, each once. */
  usernames: string[];
}

const PRIORITY = /(?<!\S)!(low|medium|high)(?!\S)/giu;
const CATEGORY = /(?<!\S)#(?:"([^"]{1,50})"|([\p{L}\p{N}][\p{L}\p{N}_-]{0,49}))(?!\S)/gu;
const PERSON = /(?<!\S)@([a-z0-9][a-z0-9._-]{0,28}[a-z0-9])(?!\S)/giu;
/** Words that introduce a date. */
const LEAD = /\s+(?:by|on|at|due|until|till|before|am|bis|um|vor|,)\s*$/iu;
const LANGUAGES: Readonly<Record<string, typeof parseEnglish>> = { de: parseGerman, ja: parseJapanese };

/** Whether a match is plain text: `!high`, `#garden`, `#do it yourself`, `@ben` in any case, or a date as typed. */
type IsPlain = (words: string) => boolean;

export interface Speaker {
  now: Date;
  /** IANA name. */
  timeZone: string;
  /** Language tag. */
  locale: string;
  /** What must stay in the title. */
  isPlain?: IsPlain;
}

/** Removes all matches from a text, except for plain text. @returns the rest, and the matches */
function take(
  text: string,
  { pattern, sign, isPlain }: { pattern: RegExp; sign: string; isPlain: IsPlain },
): { rest: string; found: string[] } {
  const found: string[] = [];
  const rest = text.replace(pattern, (match, ...groups: unknown[]) => {
    const value = String(groups.find((group) => typeof group === 'string' && group !== ''));
    if (isPlain(`${sign}${value}`)) return match;
    found.push(value);
    return ' ';
  });
  return { rest: rest.replace(/\s+/g, ' ').trim(), found };
}

/** The last date in a text, in the language of the user, or else in English. */
function lastDate(text: string, now: Temporal.ZonedDateTime, locale: string) {
  const reference = { instant: new Date(now.epochMilliseconds), timezone: now.offsetNanoseconds / 60e9 };
  for (const parse of [LANGUAGES[locale.slice(0, 2)], parseEnglish]) {
    const last = parse?.(text, reference, { forwardDate: true }).at(-1);
    if (last !== undefined && last.index + last.text.length === text.length) return last;
  }
  return undefined;
}

/** A date at the end of a text, in the user's time zone. Dates in the middle belong to the title. */
function dateAtEnd(
  text: string,
  { now, locale, isPlain }: { now: Temporal.ZonedDateTime; locale: string; isPlain: IsPlain },
): { title: string; words: string; time: Temporal.PlainDateTime; isDay: boolean } | undefined {
  const last = lastDate(text, now, locale);
  if (last === undefined || isPlain(last.text)) return undefined;
  const title = text.slice(0, last.index).replace(/\s+$/, '').replace(LEAD, '').trim();
  if (title === '') return undefined;
  const { start } = last;
  const time = Temporal.PlainDateTime.from({
    year: start.get('year') ?? now.year,
    month: start.get('month') ?? now.month,
    day: start.get('day') ?? now.day,
    hour: start.get('hour') ?? 0,
    minute: start.get('minute') ?? 0,
  });
  if (time.year < dueYears.first || time.year > dueYears.last) return undefined;
  return { title, words: last.text, time, isDay: !start.isCertain('hour') };
}

/**
 * Parses a task as people type it: a title, `!priority`, `#category`, `@member`, and a date at the end, in English or
 * in the language of the user.
 */
export function parseTask(text: string, { now, timeZone, locale, isPlain = () => false }: Speaker): TypedTask {
  const priorities = take(text, { pattern: PRIORITY, sign: '!', isPlain });
  const categories = take(priorities.rest, { pattern: CATEGORY, sign: '#', isPlain });
  const people = take(categories.rest, { pattern: PERSON, sign: '@', isPlain });
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const date = dateAtEnd(people.rest, { now: here, locale, isPlain });
  const priority = priorities.found.at(-1)?.toLowerCase() as TaskPriority | undefined;
  const category = categories.found.at(-1);
  return {
    title: date?.title ?? people.rest,
    ...(date && { ...dueAs(date, timeZone), dueWords: date.words }),
    ...(priority === undefined ? {} : { priority }),
    ...(category === undefined ? {} : { category }),
    usernames: [...new Set(people.found.map((name) => name.toLowerCase()))],
  };
}

/** A day without a time stays a day. */
const dueAs = ({ time, isDay }: { time: Temporal.PlainDateTime; isDay: boolean }, timeZone: string) =>
  isDay
    ? { dueOn: time.toPlainDate().toString() }
    : { dueAt: new Date(time.toZonedDateTime(timeZone).epochMilliseconds).toISOString() };
