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
    .meta({ description: 'entry: each entry; day: the total of one person on one task and day' }),
};

/** The time to add up, and how. */
export const sheetQuery = z.strictObject({
  from: z.iso.date().meta({ description: 'First day' }),
  to: z.iso.date().meta({ description: 'Last day; the period has at most 366 days' }),
  timeZone: timezone.optional().meta({ description: 'Determines the days; defaults to your time zone' }),
  workspaceId: id.optional().meta({ description: "Admins get everybody's time, others their own" }),
  taskId: id.optional().meta({ description: "Everybody's time on this task" }),
  userId: id.optional(),
  category: z.string().min(1).max(50).optional(),
  billable: z.boolean().optional(),
  ...rounding,
});

export const sheetBy = z.enum(['user', 'task', 'day', 'category']);
export type SheetBy = z.infer<typeof sheetBy>;

/** Totals of time. */
export const sheetSums = z.object({
  ms: z.int().meta({ description: 'Exact, before rounding' }),
  roundedMs: z.int(),
  hours: z.number().meta({ description: 'From roundedMs, with two decimals; the rows add up to the total' }),
  billableMs: z.int().meta({ description: 'Part of roundedMs' }),
  amounts: z
    .array(money)
    .meta({ description: 'Amount of billable time with a rate, by currency; only for admins of the workspace' }),
});
export type SheetSums = z.infer<typeof sheetSums>;

export const sheetRow = sheetSums.extend({
  key: z.string().meta({ description: 'Id of the user or task, the day, or the category; empty if there is none' }),
  name: z.string().meta({ description: 'Display name' }),
});
export type SheetRow = z.infer<typeof sheetRow>;

export const timesheet = z.object({
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  by: sheetBy,
  asOf: instant.meta({ description: 'Running timers count up to this time' }),
  rows: z.array(sheetRow),
  total: sheetSums,
  running: z.int().meta({ description: 'Number of entries that are still running' }),
  overlapping: z.int().meta({ description: 'Number of entries that overlap with another one of the same person' }),
});
export type Timesheet = z.infer<typeof timesheet>;
