import { Temporal } from 'temporal-polyfill';

/** Days in a time zone, in order, with the instants at which they begin. */
export interface Days {
  /** YYYY-MM-DD. */
  names: readonly string[];
  /** Epoch milliseconds; one more than there are days: the end of the last day. */
  starts: readonly number[];
}

/** The days between two dates, inclusive. On a clock change a day has 23 or 25 hours, or another length. */
export function daysBetween(from: string, to: string, timeZone: string): Days {
  const names: string[] = [];
  const starts: number[] = [];
  const end = Temporal.PlainDate.from(to).add({ days: 1 });
  for (let day = Temporal.PlainDate.from(from); ; day = day.add({ days: 1 })) {
    starts.push(day.toZonedDateTime(timeZone).epochMilliseconds);
    if (Temporal.PlainDate.compare(day, end) >= 0) return { names, starts };
    names.push(day.toString());
  }
}

/** The number of days from one date through another; less than 1 if `to` is earlier. */
export function countDays(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days + 1;
}

/** The index of the day of an instant; -1: before the first. */
export function dayAt({ starts }: Days, ms: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const DAY_MS = 86_400_000;

/** A date as the number of days since 1970-01-01. */
export function isoDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The date of an instant in a time zone. */
export function localDay(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The instant at which a date begins in a time zone. */
export function startOfDate(date: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds);
}

/** The Monday of the week of a date. */
export function startOfWeek(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}
