import { z } from 'zod';
import { id } from '../core/primitives.ts';
import { analyticsSizes } from './limits.ts';

const day = z.string().meta({ description: 'YYYY-MM-DD' });

/** A user's goals for completed tasks. */
export const analyticsGoals = z.object({
  daily: z.int().min(1).max(analyticsSizes.dailyGoal).nullable().meta({ description: 'Tasks a day; null: no goal' }),
  weekly: z.int().min(1).max(analyticsSizes.weeklyGoal).nullable().meta({ description: 'Tasks a week; null: no goal' }),
});
export type AnalyticsGoals = z.infer<typeof analyticsGoals>;

/** Weekdays as input. */
export const daysOff = z.array(z.int().min(1).max(7)).max(6).meta({ description: '1 is Monday, 7 is Sunday' });

/** The days of a pause, inclusive. A pause does not break a streak. */
export const analyticsPause = z.object({ id, from: day, to: day });
export type AnalyticsPause = z.infer<typeof analyticsPause>;

/** A user's settings for their own analytics. */
export const analyticsPreferences = z.object({
  goals: analyticsGoals,
  daysOff: daysOff.meta({ description: 'Weekdays that do not break a streak; 1 is Monday, 7 is Sunday' }),
  pauses: z.array(analyticsPause).meta({ description: 'Sorted by their days' }),
});
export type AnalyticsPreferences = z.infer<typeof analyticsPreferences>;
