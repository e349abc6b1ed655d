import type { Recurrence } from '@atrium/protocol';
import { parseTask } from '@atrium/protocol/typed-task';
import { Temporal } from 'temporal-polyfill';
import { spokenRule } from './recurrence.ts';

/** When a task is due. */
export interface Due {
  dueAt?: string;
  dueOn?: string;
  recurrence?: Recurrence;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::\d{2})?$/;
const AT_TIME = /\s+(?:at\s+|um\s+|@\s*)?(\d{1,2}):(\d{2})(?:\s*uhr)?$/iu;

/**
 * Parses a date of Todoist: a day, a day with a time, or natural language in the given language.
 * @returns undefined for text that cannot be parsed
 */
export function readDue(
  words: string,
  { language, now, timeZone }: { language: string; now: Date; timeZone: string },
): Due | undefined {
  const text = words.trim();
  if (DAY.test(text)) return isDay(text) ? { dueOn: text } : undefined;
  const [, day, time] = TIME.exec(text) ?? [];
  if (day !== undefined && time !== undefined)
    return isDay(day) ? { dueAt: instantOf(day, time, timeZone) } : undefined;
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const clock = AT_TIME.exec(text);
  const rule = spokenRule(clock === null ? text : text.slice(0, clock.index), today);
  if (rule !== undefined) {
    const recurrence = { rule: rule.rule, from: rule.from, timeZone };
    if (clock === null) return { dueOn: rule.firstOn, recurrence };
    return { dueAt: instantOf(rule.firstOn, `${clock[1]}:${clock[2]}`, timeZone), recurrence };
  }
  // As if typed at the end of a task's title.
  const typed = parseTask(`task ${text}`, { now, timeZone, locale: language });
  if (typed.dueWords !== text) return undefined;
  return typed.dueAt === undefined ? { dueOn: typed.dueOn ?? '' } : { dueAt: typed.dueAt };
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

function instantOf(day: string, time: string, timeZone: string): string {
  const plainTime = Temporal.PlainTime.from(time.padStart(5, '0'), { overflow: 'constrain' });
  return new Date(
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds,
  ).toISOString();
}
