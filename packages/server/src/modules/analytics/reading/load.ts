import { type AnalyticsPreferences, sizes } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { isoDay } from '../../../platform/days/index.ts';
import { meOf } from '../../identity/index.ts';
import { completedByDay } from '../completions/by-day.ts';
import { noPreferences, presentPreferences } from '../preferences/store.ts';
import { countedOf } from './read-store.ts';

/** What is known of a person's tasks. */
export interface Known {
  timeZone: string;
  /** Completed tasks by day, as days since 1970-01-01 in order; only days with any. */
  byDay: Map<number, number>;
  totalTasks: number;
  completedTasks: number;
  categories: { category: string; count: number }[];
  preferences: AnalyticsPreferences;
}

function parseDays(days: string | null): Map<number, number> {
  const parsed = new Map<number, number>();
  for (const entry of days === null ? [] : days.split(',')) {
    const colon = entry.indexOf(':');
    parsed.set(Number(entry.slice(0, colon)), Number(entry.slice(colon + 1)));
  }
  return parsed;
}

/** Reads what is known of a person. Days that were counted in another time zone are counted anew from the log. */
export async function knownOf(db: Executor, userId: string, now: Date): Promise<Known> {
  const { timezone: timeZone } = await meOf(db, userId);
  const { countedIn, days, preferences, ...counts } = await countedOf(db, userId, sizes.analyticsCategories);
  const byDay =
    countedIn === timeZone
      ? parseDays(days)
      : new Map(
          (await completedByDay(db, userId, timeZone, now)).map(({ day, completed }) => [isoDay(day), completed]),
        );
  return {
    ...counts,
    timeZone,
    byDay,
    preferences: preferences === null ? noPreferences : presentPreferences(preferences),
  };
}
