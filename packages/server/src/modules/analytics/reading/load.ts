import { type AnalyticsPreferences, type Me, sizes } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { isoDay } from '../../../platform/days/index.ts';
import type { ReminderCounts } from '../../reminders/index.ts';
import { completedByDay } from '../completions/by-day.ts';
import { noPreferences, presentPreferences } from '../preferences/store.ts';
import { type Asked, completedDays, countedOf } from './read-store.ts';
import type { RememberedDays } from './remembered.ts';

/** What is known of a person's tasks. */
export interface Known {
  timeZone: string;
  /** Completed tasks by day, as days since 1970-01-01; only days with any. */
  byDay: Map<number, number>;
  /** All days with any, in order. */
  streakDays(): Promise<readonly number[]>;
  totalTasks: number;
  completedTasks: number;
  categories: { category: string; count: number }[];
  preferences: AnalyticsPreferences;
  /** Milliseconds tracked on each of the asked days, in their order. */
  trackedMs: number[];
  reminders: ReminderCounts;
}

const numbersOf = (days: string | null): number[] => (days === null ? [] : days.split(',').map(Number));

/** Reads `key:value` pairs that are separated by commas. */
function parsePairs(pairs: string | null): Map<number, number> {
  const parsed = new Map<number, number>();
  for (const entry of pairs === null ? [] : pairs.split(',')) {
    const colon = entry.indexOf(':');
    parsed.set(Number(entry.slice(0, colon)), Number(entry.slice(colon + 1)));
  }
  return parsed;
}

/** Reads what is known of a person. Days that were counted in another time zone are counted anew from the log. */
export async function knownOf(
  { db, now, remembered }: { db: Executor; now: Date; remembered: RememberedDays },
  { id: userId, timezone: timeZone }: Me,
  asked: Pick<Asked, 'since' | 'days'>,
): Promise<Known> {
  const read = { ...asked, now, most: sizes.analyticsCategories };
  const { countedIn, stamp, days, preferences, tracked, ...counts } = await countedOf(db, userId, read);
  const msByPlace = parsePairs(tracked);
  const rest = {
    ...counts,
    timeZone,
    preferences: preferences === null ? noPreferences : presentPreferences(preferences),
    trackedMs: asked.days.names.map((_, place) => msByPlace.get(place) ?? 0),
  };
  if (countedIn === timeZone && stamp !== null) {
    const load = async () => numbersOf(await completedDays(db, userId));
    return { ...rest, byDay: parsePairs(days), streakDays: () => remembered.get(userId, stamp, load) };
  }
  const counted = await completedByDay(db, userId, timeZone, now);
  const byDay = new Map(counted.map(({ day, completed }) => [isoDay(day), completed]));
  return { ...rest, byDay, streakDays: () => Promise.resolve([...byDay.keys()]) };
}
