import { analytics } from '@atrium/protocol';
import { daysBetween, isoDay, localDay, periodOf, startOfWeek } from '../../../platform/days/index.ts';
import { type Implementation, read } from '../../../platform/module/index.ts';
import { meOf } from '../../identity/index.ts';
import { countReminders } from '../../reminders/index.ts';
import { trackedByDay } from '../../time-entries/index.ts';
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
      const known = await knownOf({ db, now, remembered }, me, since);
      const { byDay, categories, completedTasks, preferences, timeZone, totalTasks } = known;
      const days = daysBetween(dateOf(day - DAYS + 1), today, timeZone);
      const tracked = await trackedByDay(db, userId, days, now);
      const reminders = await countReminders(db, userId, now);
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
        trackedMs: tracked.reduce((sum, ms) => sum + ms, 0),
        preferences,
      };
    }),

    read(analytics.days, async ({ actor: { userId }, db, input, now }) => {
      const me = await meOf(db, userId);
      const days = periodOf(input, me.timezone);
      const { byDay, timeZone } = await knownOf({ db, now, remembered }, me, input.from);
      const tracked = await trackedByDay(db, userId, days, now);
      const counted = days.names.map((date, at) => ({
        date,
        completed: byDay.get(isoDay(date)) ?? 0,
        trackedMs: tracked[at] ?? 0,
      }));
      return { timeZone, days: counted };
    }),
  ];
}
