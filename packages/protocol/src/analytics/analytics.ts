import { z } from 'zod';
import { analyticsPreferences } from './preferences.ts';

const day = z.string().meta({ description: 'YYYY-MM-DD' });
const completed = z.int().meta({ description: 'Tasks that you completed' });

/** What a user has done, by days of their time zone. */
export const analytics = z.object({
  timeZone: z.string().meta({ description: 'Your time zone, which determines the days' }),
  today: day,
  totalTasks: z.int().meta({ description: 'Tasks that you are a member of, without those in the trash' }),
  completedTasks: z.int().meta({ description: 'Those of them that are completed, by anyone' }),
  completedReminders: z.int().meta({ description: 'Your completed reminders' }),
  upcomingReminders: z.int().meta({ description: 'Open reminders that are due later' }),
  overdueReminders: z.int().meta({ description: 'Open reminders that are past due' }),
  dailyData: z
    .array(z.object({ date: day, completed }))
    .meta({ description: 'The last seven days, oldest first; the last one is today' }),
  weeklyData: z
    .array(z.object({ week: day.meta({ description: 'The Monday, YYYY-MM-DD' }), completed }))
    .meta({ description: 'The last four weeks, oldest first; the last one is this week' }),
  categoryData: z
    .array(
      z.object({
        category: z.string().meta({ description: '"Uncategorized" for tasks without one' }),
        count: z.int().meta({ description: 'Number of tasks, open and completed' }),
        percent: z.number().meta({ description: 'Fraction of totalTasks: 0 to 1' }),
      }),
    )
    .meta({ description: 'Largest first; at most 100 categories' }),
  streaks: z.object({
    active: z
      .int()
      .meta({ description: 'Consecutive days with a completed task, up to today or yesterday; 0 if none' }),
    longest: z.int().meta({ description: 'The longest streak so far' }),
  }),
  trackedMs: z.int().meta({ description: 'Time tracked on the days of dailyData, including running timers' }),
  preferences: analyticsPreferences,
});
export type Analytics = z.infer<typeof analytics>;

/** What a user did on each day of a period. */
export const analyticsDays = z.object({
  timeZone: z.string(),
  days: z.array(z.object({ date: day, completed, trackedMs: z.int() })).meta({ description: 'Every day, in order' }),
});
export type AnalyticsDay = z.infer<typeof analyticsDays>['days'][number];
