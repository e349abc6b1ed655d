import { z } from 'zod';
import { id, instant, version } from '../core/primitives.ts';

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** An ISO 4217 code. */
export const currency = z
  .string()
  .length(3)
  .refine((code) => currencies.has(code), { error: 'is not a currency of ISO 4217, such as EUR' });

/** An hourly rate or a sum: integer minor units of an ISO 4217 currency. */
export const money = z.object({
  amountMinor: z.int().meta({ description: 'In minor units of the currency: 1250 is EUR 12.50 and JPY 1250' }),
  currency: z.string().meta({ description: 'ISO 4217' }),
});
export type Money = z.infer<typeof money>;

/** A running or stopped timer, as everybody who sees the task may see it. */
export const timerSession = z.object({
  id,
  taskId: id,
  userId: id,
  startedAt: instant,
  stoppedAt: instant.nullable().meta({ description: 'null while it is running' }),
});
export type TimerSession = z.infer<typeof timerSession>;

/** A task's time. Its total at any instant is baseMs + n·now − Σ startedAt. */
export const taskTimer = z.object({
  baseMs: z.int().meta({ description: 'Milliseconds of all ended entries' }),
  running: z.array(timerSession),
});
export type TaskTimer = z.infer<typeof taskTimer>;

/** Why a timer stopped. */
export const stopReason = z.enum([
  'stopped',
  'forced',
  'one_timer',
  'task_completed',
  'task_deleted',
  'member_removed',
  'role_changed',
  'period_locked',
  'daily_cap',
  'too_long',
]);
export type StopReason = z.infer<typeof stopReason>;

/** A timer that was probably forgotten, because it has been running for a long time. */
export const forgottenTimer = z.object({
  entryId: id,
  taskId: id,
  startedAt: instant,
  askedAt: instant,
  lastActionAt: instant.nullable().meta({
    description:
      'Your last activity since it started: stopping with `at: lastAction` ends it there; null if there was none',
  }),
});
export type ForgottenTimer = z.infer<typeof forgottenTimer>;

/** What the caller may do with a time entry. */
export const timeEntryCan = z.object({ update: z.boolean(), correct: z.boolean() });

/** A period of time on a task, or a correction of one. */
export const timeEntry = timerSession.extend({
  kind: z.enum(['timer', 'manual', 'correction']),
  durationMs: z.int().nullable().meta({ description: 'May be negative for a correction; null while running' }),
  note: z.string(),
  billable: z.boolean(),
  rate: money.nullable().meta({
    description:
      'Hourly rate when the entry was created; null if there was none, or if you do not administer the workspace',
  }),
  authorId: id.meta({ description: 'Who created it; differs from userId if a manager entered it' }),
  reason: z.string().nullable().meta({ description: 'Only for manual entries and corrections' }),
  corrects: id.nullable().meta({ description: 'The corrected entry' }),
  createdAt: instant,
  stopReason: stopReason.nullable(),
  overlaps: z.boolean().meta({ description: 'Overlaps with another entry of the same person' }),
  review: z.boolean().meta({ description: "The database's clock jumped while it ran; the duration may be wrong" }),
  version,
  can: timeEntryCan,
});
export type TimeEntry = z.infer<typeof timeEntry>;

/** Your timers in a snapshot, besides the time of each task, which is part of the task. */
export const timersState = z.object({
  forgotten: z.array(forgottenTimer).meta({ description: 'Your timers that may have been forgotten' }),
});
export type TimersState = z.infer<typeof timersState>;
