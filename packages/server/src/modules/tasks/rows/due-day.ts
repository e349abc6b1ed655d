import { Temporal } from 'temporal-polyfill';

/** The day of an instant in a time zone, as YYYY-MM-DD. */
export function dayAt(instant: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

const DAY_MS = 86_400_000;

/** The sort key of a due date: its instant, the end of its day in UTC, or `infinity`. */
export function dueKey({ due_at, due_on }: { due_at: Date | null; due_on: string | null }): string {
  if (due_at !== null) return due_at.toISOString();
  return due_on === null ? 'infinity' : new Date(Date.parse(due_on) + DAY_MS).toISOString();
}
