import type { Executor } from '../../../platform/database/index.ts';
import { daysBetween, localDay } from '../../../platform/days/index.ts';
import type { CompletedDay } from './day-store.ts';
import { countBetween, firstCompletion } from './log-store.ts';

/** Counts the completions of somebody by the days of a time zone, from the log; only days with any. */
export async function completedByDay(
  db: Executor,
  userId: string,
  timeZone: string,
  now: Date,
): Promise<CompletedDay[]> {
  const first = await firstCompletion(db, userId);
  if (first === undefined) return [];
  const latest = new Date(Math.max(now.getTime(), first.getTime()));
  const { names, starts } = daysBetween(localDay(first, timeZone), localDay(latest, timeZone), timeZone);
  const begins = starts.slice(0, -1).map((ms) => new Date(ms));
  const counts = await countBetween(db, userId, begins);
  return counts.map(({ at, completed }) => ({ day: names[at] ?? '', completed }));
}
