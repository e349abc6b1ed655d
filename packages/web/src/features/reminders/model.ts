import type { Reminder } from '@atrium/protocol';
import { dayAfter, instantAt, weekStart } from '../../i18n/days.ts';

const MINUTE_MS = 60_000;
const MORNING = '09:00';
const EVENING = '18:00';

/** When a reminder comes, as the server wants it. */
export type When = { scheduledAt: string } | { localTime: string } | { before: string };

/** A time that is offered by name. */
export interface NamedTime {
  name: 'minutes' | 'hour' | 'evening' | 'tomorrow' | 'monday';
  /** The instant that it means now. */
  at: string;
  when: When;
}

/** How long before a due date a reminder can come, the shortest first. */
export const BEFORE: readonly string[] = ['PT0M', 'PT1H', 'P1D', 'P1W'];

/** How often a reminder can come back. */
export const RULES: readonly string[] = ['FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=MONTHLY'];

/**
 * The times that are offered by name. This evening is left out once it has come, and next Monday when that is tomorrow.
 * Pure.
 * @param today the day in the person's zone, as `2026-11-26`
 */
export function namedTimes(now: number, today: string, timeZone: string | undefined): NamedTime[] {
  const later = (name: NamedTime['name'], ms: number): NamedTime => {
    const at = new Date(now + ms).toISOString();
    return { name, at, when: { scheduledAt: at } };
  };
  const local = (name: NamedTime['name'], day: string, clock: string): NamedTime => ({
    name,
    at: instantAt(day, clock, timeZone),
    when: { localTime: `${day}T${clock}` },
  });
  const tomorrow = dayAfter(today, 1);
  const monday = dayAfter(weekStart(today, 1), 7);
  const evening = local('evening', today, EVENING);
  return [
    later('minutes', 20 * MINUTE_MS),
    later('hour', 60 * MINUTE_MS),
    ...(Date.parse(evening.at) > now ? [evening] : []),
    local('tomorrow', tomorrow, MORNING),
    ...(monday === tomorrow ? [] : [local('monday', monday, MORNING)]),
  ];
}

/** When a reminder comes next, or came last; null: the task has no due date. Pure. */
export function comesAt({ scheduledAt, snoozedUntil }: Pick<Reminder, 'scheduledAt' | 'snoozedUntil'>): string | null {
  return snoozedUntil ?? scheduledAt;
}

/** Whether a reminder has come, and waits to be completed. Pure. */
export function hasCome({ scheduledAt, sentAt, snoozedUntil }: Reminder): boolean {
  return snoozedUntil === null && sentAt !== null && scheduledAt !== null && sentAt >= scheduledAt;
}

/** The earliest first; those without a time last. Pure. */
export function byTime(all: readonly Reminder[]): Reminder[] {
  const key = (reminder: Reminder) => `${comesAt(reminder) ?? '9999'} ${reminder.id}`;
  return all.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
