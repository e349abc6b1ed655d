import type { QuietHours } from '@atrium/protocol';
import { Temporal } from 'temporal-polyfill';

const DAYS = [0, 1];

/** A window that begins on a local day. A time that the zone skips moves by the length of the gap. */
function windowOf(day: Temporal.PlainDate, { from, to }: QuietHours, zone: string) {
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
  return { start: at(day, from), end: at(to > from ? day : day.add({ days: 1 }), to) };
}

/**
 * The end of the current quiet hours; undefined if there are none now. A window past midnight belongs to the day on
 * which it begins; equal times mean no window.
 */
export function quietUntil(quiet: QuietHours, zone: string, now: Date): Date | undefined {
  if (!quiet.enabled || quiet.from === quiet.to) return undefined;
  const nowMs = now.getTime();
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate();
  const windows = DAYS.map((days) => today.subtract({ days }))
    .filter((day) => quiet.days.includes(day.dayOfWeek))
    .map((day) => windowOf(day, quiet, zone));
  const ends = windows.filter(({ start, end }) => start <= nowMs && nowMs < end).map(({ end }) => end);
  return ends.length === 0 ? undefined : new Date(Math.max(...ends));
}

/** The time of the next digest: the next full hour, or a time of day. */
export function nextDigest({ mode, time }: { mode: 'hourly' | 'daily'; time: string }, zone: string, now: Date): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  if (mode === 'hourly') {
    return new Date(local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 }).epochMilliseconds);
  }
  const plainTime = Temporal.PlainTime.from(time);
  const today = local.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime });
  const next =
    today.epochMilliseconds > now.getTime()
      ? today
      : local.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: zone, plainTime });
  return new Date(next.epochMilliseconds);
}
