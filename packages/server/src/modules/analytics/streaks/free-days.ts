import type { AnalyticsPreferences } from '@atrium/protocol';
import { isoDay, skippedDays } from '../../../platform/days/index.ts';
import type { StreakRules } from './streaks.ts';

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1;

/** The days that do not break the streak of somebody. */
export function freeDays(
  { daysOff, pauses }: Pick<AnalyticsPreferences, 'daysOff' | 'pauses'>,
  timeZone: string,
  now: Date,
): StreakRules {
  const off = new Set(daysOff);
  const spans = pauses.map(({ from, to }) => ({ from: isoDay(from), to: isoDay(to) }));
  const skipped = skippedDays(timeZone, now.getTime());
  return {
    isFree: (day) =>
      off.has(weekdayOf(day)) || skipped.has(day) || spans.some(({ from, to }) => from <= day && day <= to),
  };
}
