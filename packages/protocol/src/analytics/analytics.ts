import { z } from 'zod';
import { analyticsPreferences } from './preferences.ts';

const day = z.string().meta({ description: 'YYYY-MM-DD' });
const completed = z.int().meta({ description: 'Tasks that you completed' });

/** What somebody has done, by days of their own time zone. */
export const analytics = z.object({
  timeZone: z.string().meta({ description: 'Yours; it determines the days' }),
  today: day,
  totalTasks: z.int().meta({ description: 'Tasks that you are a member of, without those in the trash' }),
  completedTasks: z.int().meta({ description: 'Those of them that are completed, by whomever' }),
  completedReminders: z.int().meta({ description: 'Your reminders that are done' }),
  upcomingReminders: z.int().meta({ description: 'Open ones that are still to come' }),
  overdueReminders: z.int().meta({ description: 'Open ones that have come' }),
  dailyData: z
    .array(z.object({ date: day, completed }))
    .meta({ description: 'The last seven days, the oldest first; the last one is today' }),
  weeklyData: z
    .array(z.object({ week: day.meta({ description: 'The Monday, YYYY-MM-DD' }), completed }))
    .meta({ description: 'The last four weeks, the oldest first; the last one is this week' }),
  categoryData: z
    .array(
      z.object({
        category: z.string().meta({ description: '"Uncategorized" for tasks without one' }),
        count: z.int().meta({ description: 'Tasks, open and completed' }),
        percent: z.number().meta({ description: 'Their part of totalTasks: 0 to 1' }),
      }),
    )
    .meta({ description: 'The largest first; at most 100 categories' }),
  streaks: z.object({
    active: z.int().meta({ description: 'Days with a completed task in a row, up to today or yesterday; 0 if none' }),
    longest: z.int().meta({ description: 'The most such days in a row ever' }),
  }),
  trackedMs: z.int().meta({ description: 'Time on tasks on the days of dailyData, running timers included' }),
  preferences: analyticsPreferences,
});
export type Analytics = z.infer<typeof analytics>;

/** What somebody did on each of some days. */
export const analyticsDays = z.object({
  timeZone: z.string(),
  days: z.array(z.object({ date: day, completed, trackedMs: z.int() })).meta({ description: 'Every day, in order' }),
});
export type AnalyticsDay = z.infer<typeof analyticsDays>['days'][number];
