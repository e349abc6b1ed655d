import { analytics } from '@atrium/protocol';
import { daysBetween, isoDay, localDay, periodOf, startOfWeek } from '../../../platform/days/index.ts';
import { type Implementation, read } from '../../../platform/module/index.ts';
import { trackedByDay } from '../../time-entries/index.ts';
import { freeDays } from '../streaks/free-days.ts';
import { streaksOf } from '../streaks/streaks.ts';
import { knownOf } from './load.ts';
import { categoriesOf, dateOf, lastDays, lastWeeks } from './summary.ts';

const DAYS = 7;
const WEEKS = 4;

/** What people have done. */
export const readingOperations: readonly Implementation[] = [
  read(analytics.get, async ({ actor: { userId }, db, now }) => {
    const { byDay, categories, completedTasks, preferences, timeZone, totalTasks } = await knownOf(db, userId, now);
    const today = localDay(now, timeZone);
    const day = isoDay(today);
    const days = daysBetween(dateOf(day - DAYS + 1), today, timeZone);
    const tracked = await trackedByDay(db, { userId }, days, now);
    return {
      timeZone,
      today,
      totalTasks,
      completedTasks,
      dailyData: lastDays(byDay, day, DAYS),
      weeklyData: lastWeeks(byDay, isoDay(startOfWeek(today)), WEEKS),
      categoryData: categoriesOf(categories, totalTasks),
      streaks: streaksOf([...byDay.keys()], day, freeDays(preferences, timeZone, now)),
      trackedMs: tracked.reduce((sum, ms) => sum + ms, 0),
      preferences,
    };
  }),

  read(analytics.days, async ({ actor: { userId }, db, input, now }) => {
    const { byDay, timeZone } = await knownOf(db, userId, now);
    const days = periodOf(input, timeZone);
    const tracked = await trackedByDay(db, { userId }, days, now);
    const counted = days.names.map((date, at) => ({
      date,
      completed: byDay.get(isoDay(date)) ?? 0,
      trackedMs: tracked[at] ?? 0,
    }));
    return { timeZone, days: counted };
  }),
];
