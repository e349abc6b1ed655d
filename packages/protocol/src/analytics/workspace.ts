import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';

const day = z.string().meta({ description: 'YYYY-MM-DD' });

const leadTime = z
  .object({
    medianMs: z.int().meta({ description: 'Half of the tasks took no longer' }),
    p90Ms: z.int().meta({ description: 'Nine in ten tasks took no longer' }),
  })
  .nullable()
  .meta({ description: 'From the creation of a task to its completion; null: nothing was completed' });

/** What is counted, on a day and in a period. */
const counted = {
  messages: z.int().meta({ description: 'Messages that were sent, those that were deleted later among them' }),
  activePeople: z
    .int()
    .meta({ description: 'People who sent a message, completed a task or tracked time; each counts once' }),
  completed: z.int().meta({ description: 'Tasks that were completed and not reopened' }),
  leadTime,
  trackedMs: z.int().meta({ description: 'Time on tasks, running timers included' }),
};

/** What was done in a workspace in a period. */
export const workspaceAnalytics = z.object({
  from: day,
  to: day,
  timeZone: z.string().meta({ description: 'Yours; it determines the days' }),
  asOf: instant.meta({ description: 'Running timers count up to this time' }),
  total: z.object(counted),
  days: z.array(z.object({ date: day, ...counted })).meta({ description: 'Every day, in order' }),
  people: z
    .array(
      z.object({
        userId: id,
        name: z.string().nullable().meta({ description: 'null: the account is gone' }),
        trackedMs: z.int(),
      }),
    )
    .meta({ description: 'Who tracked time, the most first; at most 100 people' }),
  categories: z
    .array(
      z.object({
        category: z.string().meta({ description: '"Uncategorized" for tasks without one' }),
        trackedMs: z.int(),
      }),
    )
    .meta({ description: 'What time was tracked for, the most first; at most 100 categories' }),
});
export type WorkspaceAnalytics = z.infer<typeof workspaceAnalytics>;
export type WorkspaceDay = WorkspaceAnalytics['days'][number];
