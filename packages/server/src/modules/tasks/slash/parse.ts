import { dueYears, type TaskPriority } from '@atrium/protocol';
import * as chrono from 'chrono-node';
import { Temporal } from 'temporal-polyfill';

/** What someone who types a task means. */
export interface TypedTask {
  title: string;
  dueAt?: string;
  /** YYYY-MM-DD. */
  dueOn?: string;
  priority?: TaskPriority;
  category?: string;
  /** Usernames in lower case, each once. */
  usernames: string[];
}

const PRIORITY = /(?<!\S)!(low|medium|high)(?!\S)/giu;
const CATEGORY = /(?<!\S)#(?:"([^"]{1,50})"|([\p{L}\p{N}][\p{L}\p{N}_-]{0,49}))(?!\S)/gu;
const PERSON = /(?<!\S)@([a-z0-9][a-z0-9._-]{0,28}[a-z0-9])(?!\S)/giu;
/** Words that lead over to a date. */
const LEAD = /\s+(?:by|on|at|due|until|till|before|,)\s*$/iu;

/** Takes all matches out of a text. @returns what is left, and what was found */
function take(text: string, pattern: RegExp): { rest: string; found: string[] } {
  const found: string[] = [];
  const rest = text.replace(pattern, (_, ...groups: unknown[]) => {
    found.push(String(groups.find((group) => typeof group === 'string' && group !== '')));
    return ' ';
  });
  return { rest: rest.replace(/\s+/g, ' ').trim(), found };
}

/** A date at the end of a text, as the speaker's clock would show it. Dates in the middle belong to the title. */
function dateAtEnd(
  text: string,
  now: Temporal.ZonedDateTime,
): { title: string; time: Temporal.PlainDateTime; isDay: boolean } | undefined {
  const reference = { instant: new Date(now.epochMilliseconds), timezone: now.offsetNanoseconds / 60e9 };
  const last = chrono.parse(text, reference, { forwardDate: true }).at(-1);
  if (last === undefined || last.index + last.text.length !== text.length) return undefined;
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
  return { title, time, isDay: !start.isCertain('hour') };
}

/**
 * Reads a task as people type it: a title, `!priority`, `#category`, `@member`, and a date at the end, in English.
 * @param zone IANA time zone of the speaker
 */
export function parseTask(text: string, now: Date, zone: string): TypedTask {
  const priorities = take(text, PRIORITY);
  const categories = take(priorities.rest, CATEGORY);
  const people = take(categories.rest, PERSON);
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const date = dateAtEnd(people.rest, here);
  const priority = priorities.found.at(-1)?.toLowerCase() as TaskPriority | undefined;
  const category = categories.found.at(-1);
  return {
    title: date?.title ?? people.rest,
    ...(date === undefined
      ? {}
      : date.isDay
        ? { dueOn: date.time.toPlainDate().toString() }
        : { dueAt: new Date(date.time.toZonedDateTime(zone).epochMilliseconds).toISOString() }),
    ...(priority === undefined ? {} : { priority }),
    ...(category === undefined ? {} : { category }),
    usernames: [...new Set(people.found.map((name) => name.toLowerCase()))],
  };
}
