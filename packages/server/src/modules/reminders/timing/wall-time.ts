import type { Reminder } from '@atrium/protocol';
import { Temporal } from 'temporal-polyfill';

/** An instant, and how it differs from the intended local time. */
export interface Resolved {
  at: Date;
  adjusted: Reminder['adjusted'];
}

/**
 * The instant of a local time, according to RFC 5545 §3.3.5: of a time that occurs twice, the first; a time that the
 * zone skips is read with the offset before the gap, and so is later by its length.
 */
export function resolveLocal(time: Temporal.PlainDateTime, zone: string): Resolved {
  const chosen = time.toZonedDateTime(zone);
  const at = new Date(chosen.epochMilliseconds);
  if (!chosen.toPlainDateTime().equals(time)) return { at, adjusted: 'skipped' };
  const later = time.toZonedDateTime(zone, { disambiguation: 'later' });
  return { at, adjusted: later.epochMilliseconds === chosen.epochMilliseconds ? null : 'repeated' };
}

/** The local time of an instant in a zone. */
export function wallTime(instant: Date, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** The time of day of a due date without one, for reminders before it. */
const DAY_TIME = '09:00';

/**
 * An instant before a due date. Days and weeks are calendar days, so that one day before is the same time of day; hours
 * and minutes are exact (RFC 5545 §3.3.6).
 */
export function beforeDueDate(
  due: { at: Date | null; on: string | null },
  before: string,
  zone: string,
): Resolved | undefined {
  const duration = Temporal.Duration.from(before);
  const { days, weeks, hours, minutes } = duration;
  const exactMs = (hours * 60 + minutes) * 60_000;
  if (due.at !== null && days === 0 && weeks === 0) return { at: new Date(due.at.getTime() - exactMs), adjusted: null };
  const dueTime =
    due.on !== null
      ? Temporal.PlainDate.from(due.on).toPlainDateTime(DAY_TIME)
      : due.at === null
        ? undefined
        : wallTime(due.at, zone);
  if (dueTime === undefined) return undefined;
  const { at, adjusted } = resolveLocal(dueTime.subtract({ days, weeks }), zone);
  return { at: new Date(at.getTime() - exactMs), adjusted };
}
