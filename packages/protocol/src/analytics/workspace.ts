import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';

const day = z.string().meta({ description: 'YYYY-MM-DD' });

const leadTime = z
  .object({
    medianMs: z.int().meta({ description: 'Half of the tasks took no longer' }),
    p90Ms: z.int().meta({ description: 'Nine in ten tasks took no longer' }),
  })
  .nullable()
  .meta({ description: 'From the creation of a task to its completion; null if none was completed' });

/** Counted for each day and for the period. */
const counted = {
  messages: z.int().meta({ description: 'Sent messages, including those deleted later' }),
  activePeople: z
    .int()
    .meta({ description: 'People who sent a message, completed a task or tracked time; each counts once' }),
  completed: z.int().meta({ description: 'Tasks that were completed and not reopened' }),
  leadTime,
  trackedMs: z.int().meta({ description: 'Tracked time, including running timers' }),
};

/** The activity of a workspace in a period. */
export const workspaceAnalytics = z.object({
  from: day,
  to: day,
  timeZone: z.string().meta({ description: 'Your time zone, which determines the days' }),
  asOf: instant.meta({ description: 'Running timers count up to this time' }),
  total: z.object(counted),
  days: z.array(z.object({ date: day, ...counted })).meta({ description: 'Every day, in order' }),
  people: z
    .array(
      z.object({
        userId: id,
        name: z.string().nullable().meta({ description: 'null if the account was deleted' }),
        trackedMs: z.int(),
      }),
    )
    .meta({ description: 'People who tracked time, most time first; at most 100' }),
  categories: z
    .array(
      z.object({
        category: z.string().meta({ description: '"Uncategorized" for tasks without one' }),
        trackedMs: z.int(),
      }),
    )
    .meta({ description: 'Categories of tracked time, most time first; at most 100' }),
});
export type WorkspaceAnalytics = z.infer<typeof workspaceAnalytics>;
export type WorkspaceDay = WorkspaceAnalytics['days'][number];
