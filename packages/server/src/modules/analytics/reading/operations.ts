import { analytics } from '@atrium/protocol';
import { daysBetween, isoDay, localDay, periodOf, startOfWeek } from '../../../platform/days/index.ts';
import { type Implementation, read } from '../../../platform/module/index.ts';
import { meOf } from '../../identity/index.ts';
import { freeDays } from '../streaks/free-days.ts';
import { streaksOf } from '../streaks/streaks.ts';
import { knownOf } from './load.ts';
import { rememberDays } from './remembered.ts';
import { categoriesOf, dateOf, lastDays, lastWeeks } from './summary.ts';

const DAYS = 7;
const WEEKS = 4;
const WEEK_DAYS = 7;

/** What people have done. */
export function readingOperations(): readonly Implementation[] {
  const remembered = rememberDays();
  return [
    read(analytics.get, async ({ actor: { userId }, db, now }) => {
      const me = await meOf(db, userId);
      const today = localDay(now, me.timezone);
      const day = isoDay(today);
      const monday = isoDay(startOfWeek(today));
      const since = dateOf(monday - (WEEKS - 1) * WEEK_DAYS);
      const days = daysBetween(dateOf(day - DAYS + 1), today, me.timezone);
      const known = await knownOf({ db, now, remembered }, me, { since, days });
      const { byDay, categories, completedTasks, preferences, reminders, timeZone, totalTasks } = known;
      return {
        timeZone,
        today,
        totalTasks,
        completedTasks,
        completedReminders: reminders.completed,
        upcomingReminders: reminders.upcoming,
        overdueReminders: reminders.overdue,
        dailyData: lastDays(byDay, day, DAYS),
        weeklyData: lastWeeks(byDay, monday, WEEKS),
        categoryData: categoriesOf(categories, totalTasks),
        streaks: streaksOf(await known.streakDays(), day, freeDays(preferences, timeZone, now)),
        trackedMs: known.trackedMs.reduce((sum, ms) => sum + ms, 0),
        preferences,
      };
    }),

    read(analytics.days, async ({ actor: { userId }, db, input, now }) => {
      const me = await meOf(db, userId);
      const days = periodOf(input, me.timezone);
      const known = await knownOf({ db, now, remembered }, me, { since: input.from, days });
      const { byDay, timeZone, trackedMs } = known;
      const counted = days.names.map((date, at) => ({
        date,
        completed: byDay.get(isoDay(date)) ?? 0,
        trackedMs: trackedMs[at] ?? 0,
      }));
      return { timeZone, days: counted };
    }),
  ];
}
