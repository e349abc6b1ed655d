import { z } from 'zod';
import { id } from '../core/primitives.ts';
import { analyticsSizes } from './limits.ts';

const day = z.string().meta({ description: 'YYYY-MM-DD' });

/** How many completed tasks somebody sets out for. */
export const analyticsGoals = z.object({
  daily: z.int().min(1).max(analyticsSizes.dailyGoal).nullable().meta({ description: 'Tasks a day; null: no goal' }),
  weekly: z.int().min(1).max(analyticsSizes.weeklyGoal).nullable().meta({ description: 'Tasks a week; null: no goal' }),
});
export type AnalyticsGoals = z.infer<typeof analyticsGoals>;

/** Weekdays, as one writes them. */
export const daysOff = z.array(z.int().min(1).max(7)).max(6).meta({ description: '1 is Monday, 7 is Sunday' });

/** Days, both included, without which a streak goes on. */
export const analyticsPause = z.object({ id, from: day, to: day });
export type AnalyticsPause = z.infer<typeof analyticsPause>;

/** What somebody chose for their own analytics. */
export const analyticsPreferences = z.object({
  goals: analyticsGoals,
  daysOff: daysOff.meta({ description: 'Weekdays that do not break a streak; 1 is Monday, 7 is Sunday' }),
  pauses: z.array(analyticsPause).meta({ description: 'In the order of their days' }),
});
export type AnalyticsPreferences = z.infer<typeof analyticsPreferences>;
