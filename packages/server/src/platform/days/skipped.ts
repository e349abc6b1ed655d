import { Temporal } from 'temporal-polyfill';
import { isoDay } from './days.ts';

const HOUR_NS = 3_600_000_000_000;
/** No daylight-saving change is this large. */
const LEAST_SKIP_NS = 20 * HOUR_NS;

const known = new Map<string, { until: number; days: ReadonlySet<number> }>();

function find(timeZone: string, until: number): ReadonlySet<number> {
  const days = new Set<number>();
  let at = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > until) return days;
    const before = next.subtract({ nanoseconds: 1 });
    if (next.offsetNanoseconds - before.offsetNanoseconds >= LEAST_SKIP_NS) {
      for (
        let day = before.toPlainDate().add({ days: 1 });
        !day.equals(next.toPlainDate());
        day = day.add({ days: 1 })
      ) {
        days.add(isoDay(day.toString()));
      }
    }
    at = next;
  }
}

/**
 * Days that a time zone skipped between 1970 and an instant, because it moved across the date line, such as
 * 30 December 2011 in Samoa. As numbers, see `isoDay`.
 */
export function skippedDays(timeZone: string, untilMs: number): ReadonlySet<number> {
  const found = known.get(timeZone);
  if (found !== undefined && found.until >= untilMs) return found.days;
  // Extends further, so that the search of some milliseconds runs once a year.
  const until = untilMs + 366 * 86_400_000;
  const days = find(timeZone, until);
  known.set(timeZone, { until, days });
  return days;
}
