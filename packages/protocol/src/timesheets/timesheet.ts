import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';
import { timezone } from '../identity/user.ts';
import { money } from '../timers/timer.ts';

/** How a sheet rounds time; stored time is never rounded. */
const rounding = {
  rounding: z.enum(['none', 'up', 'nearest']).default('none'),
  roundMinutes: z.int().min(1).max(60).default(15),
  roundPer: z
    .enum(['entry', 'day'])
    .default('entry')
    .meta({ description: 'entry: each entry; day: what one person spent on one task in one day' }),
};

/** Which time is added up, and how. */
export const sheetQuery = z.strictObject({
  from: z.iso.date().meta({ description: 'First day' }),
  to: z.iso.date().meta({ description: 'Last day; at most 366 days in all' }),
  timeZone: timezone.optional().meta({ description: "Where days begin and end; the caller's own unless given" }),
  workspaceId: id.optional().meta({ description: 'Admins get the time of everyone in it, others their own' }),
  taskId: id.optional().meta({ description: "Everybody's time on this task" }),
  userId: id.optional(),
  category: z.string().min(1).max(50).optional(),
  billable: z.boolean().optional(),
  ...rounding,
});

export const sheetBy = z.enum(['user', 'task', 'day', 'category']);
export type SheetBy = z.infer<typeof sheetBy>;

/** What time adds up to. */
export const sheetSums = z.object({
  ms: z.int().meta({ description: 'Exactly, as it is stored' }),
  roundedMs: z.int(),
  hours: z.number().meta({ description: 'Of roundedMs, to two decimals; the rows add up to the total' }),
  billableMs: z.int().meta({ description: 'Of roundedMs' }),
  amounts: z
    .array(money)
    .meta({ description: 'Of billable time with a rate, by currency; only for those who run the workspace' }),
});
export type SheetSums = z.infer<typeof sheetSums>;

export const sheetRow = sheetSums.extend({
  key: z.string().meta({ description: 'Id of the user or the task, the day, or the category; empty: none' }),
  name: z.string().meta({ description: 'For people to read' }),
});
export type SheetRow = z.infer<typeof sheetRow>;

export const timesheet = z.object({
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  by: sheetBy,
  asOf: instant.meta({ description: 'Running timers are counted up to here' }),
  rows: z.array(sheetRow),
  total: sheetSums,
  running: z.int().meta({ description: 'Entries that are still running' }),
  overlapping: z.int().meta({ description: 'Entries that cover the same time as another one of the same person' }),
});
export type Timesheet = z.infer<typeof timesheet>;
