import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, fullList, id, instant, limit, nothing, page, text, version } from '../core/primitives.ts';
import { timezone } from '../identity/user.ts';
import { currency, money, taskTimer, timeEntry, timerSession } from './timer.ts';

const task = z.strictObject({ taskId: id });

/** A task's time as of an instant of the database's clock. */
const timerNow = taskTimer.extend({ taskId: id, totalElapsedMs: z.int(), serverNow: instant });

/** Shared live timers of tasks. */
export const timers = operationGroup('timers', {
  start: operation({
    summary: 'Start your timer on a task',
    description:
      'Several of your timers can run at once, unless the preference `oneTimer` is set: then the others stop at the same instant.',
    method: 'POST',
    path: '/timers/:taskId/start',
    access: 'task:tracker',
    limit: 'user',
    input: task.extend({ note: text(0, 500).default(''), billable: z.boolean().default(true) }),
    output: timerSession,
    errors: ['timer_running', 'period_locked', 'conflict'],
  }),
  stop: operation({
    summary: 'Stop your timer on a task',
    method: 'POST',
    path: '/timers/:taskId/stop',
    access: 'task:tracker',
    limit: 'user',
    input: task.extend({
      entryId: id.optional().meta({ description: 'Refused unless this is the running timer' }),
      at: z
        .enum(['now', 'lastAction'])
        .default('now')
        .meta({ description: 'lastAction: for a forgotten timer, the offered time' }),
    }),
    output: timerSession,
    errors: ['timer_not_running', 'period_locked', 'conflict'],
  }),
  active: operation({
    summary: 'List the running timers of a task',
    method: 'GET',
    path: '/timers/:taskId/active',
    access: 'task:reader',
    limit: 'user',
    input: task,
    output: fullList(timerSession),
  }),
  forceStopAll: operation({
    summary: "Stop everybody's timers on a task",
    method: 'POST',
    path: '/timers/:taskId/force-stop-all',
    access: 'task:manager',
    limit: 'user',
    destructive: true,
    input: task,
    output: fullList(timerSession),
  }),
  mine: operation({
    summary: 'List your running timers',
    description: 'Earliest start first.',
    method: 'GET',
    path: '/timers/mine',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: fullList(timerSession),
  }),
  total: operation({
    summary: 'Get the total time of a task',
    method: 'GET',
    path: '/tasks/:taskId/total',
    access: 'task:reader',
    limit: 'user',
    input: task,
    output: timerNow,
  }),
  join: operation({
    summary: 'Watch the time of a task',
    description:
      'A tick is sent every second while a timer runs: to the connection that subscribed or, when called over REST, to all open connections of the session. The subscription ends with the connection.',
    method: 'PUT',
    path: '/tasks/:taskId/room',
    event: 'task:join',
    access: 'task:reader',
    limit: 'user',
    input: task,
    output: timerNow,
  }),
  leave: operation({
    summary: 'Stop watching the time of a task',
    method: 'DELETE',
    path: '/tasks/:taskId/room',
    event: 'task:leave',
    access: 'user',
    limit: 'user',
    input: task,
    output: nothing,
  }),
});

const span = { startedAt: instant, stoppedAt: instant };

/** Time entries of tasks: measured, entered manually, or corrections. */
export const timeEntries = operationGroup('timeEntries', {
  list: operation({
    summary: 'List the time entries of a task',
    description: 'Most recent first.',
    method: 'GET',
    path: '/tasks/:taskId/time-entries',
    access: 'task:reader',
    limit: 'user',
    input: task.extend({ userId: id.optional(), limit, cursor: cursor.optional() }),
    output: page(timeEntry),
  }),
  add: operation({
    summary: 'Enter time manually',
    description: 'For yourself; managers of the task can enter time for other members.',
    method: 'POST',
    path: '/tasks/:taskId/time-entries',
    access: 'task:tracker',
    limit: 'user',
    example: { startedAt: '2025-01-06T09:00:00.000Z', stoppedAt: '2025-01-06T10:00:00.000Z' },
    input: task.extend({
      userId: id.optional(),
      ...span,
      note: text(0, 500).default(''),
      billable: z.boolean().default(true),
      reason: text(1, 500),
    }),
    output: timeEntry,
    status: 201,
    errors: ['forbidden', 'period_locked'],
  }),
  correct: operation({
    summary: 'Correct a time entry',
    description:
      'The entry itself does not change; the correction is a separate entry that counts at the start of the corrected one. An entry and its corrections never add up to less than zero.',
    method: 'POST',
    path: '/time-entries/:entryId/corrections',
    access: 'timeEntry:editor',
    limit: 'user',
    example: { deltaMs: -60_000 },
    input: z.strictObject({
      entryId: id,
      deltaMs: z
        .int()
        .min(-2_678_400_000)
        .max(2_678_400_000)
        .refine((value) => value !== 0, { error: 'must not be 0' })
        .meta({ description: 'Milliseconds to add, at most 31 days; negative to subtract' }),
      reason: text(1, 500),
    }),
    output: timeEntry,
    status: 201,
    errors: ['conflict', 'period_locked'],
  }),
  update: operation({
    summary: 'Update the note or the billing of a time entry',
    method: 'PATCH',
    path: '/time-entries/:entryId',
    access: 'timeEntry:editor',
    limit: 'user',
    example: { note: 'The table of numbers' },
    input: z.strictObject({
      entryId: id,
      note: text(0, 500).optional(),
      billable: z.boolean().optional(),
      version: version.optional(),
    }),
    output: timeEntry,
    errors: ['version_conflict', 'period_locked'],
  }),
});

const rate = z.object({ rate: money.nullable().meta({ description: 'Per hour; null if there is none' }) });
const rateInput = {
  amountMinor: z
    .int()
    .min(0)
    .max(100_000_000)
    .nullable()
    .meta({ description: 'Per hour, in minor units; null removes it' }),
  currency: currency.default('EUR'),
};

/** Hourly rates. A time entry keeps the rate of its creation: the task's, or else the workspace's. */
export const rates = operationGroup('rates', {
  ofWorkspace: operation({
    summary: 'Get the hourly rate of a workspace',
    method: 'GET',
    path: '/workspaces/:workspaceId/rate',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: rate,
  }),
  setWorkspace: operation({
    summary: 'Set the hourly rate of a workspace',
    description: 'Existing entries keep their rate.',
    method: 'PUT',
    path: '/workspaces/:workspaceId/rate',
    access: 'workspace:admin',
    limit: 'user',
    example: { amountMinor: 9_000, currency: 'EUR' },
    input: z.strictObject({ workspaceId: id, ...rateInput }),
    output: rate,
  }),
  ofTask: operation({
    summary: 'Get the hourly rate of a task',
    description: "The task's own rate, not that of its workspace.",
    method: 'GET',
    path: '/tasks/:taskId/rate',
    access: 'task:manager',
    limit: 'user',
    input: task,
    output: rate,
  }),
  setTask: operation({
    summary: 'Set the hourly rate of a task',
    description: 'Existing entries keep their rate.',
    method: 'PUT',
    path: '/tasks/:taskId/rate',
    access: 'task:manager',
    limit: 'user',
    example: { amountMinor: 12_000, currency: 'EUR' },
    input: task.extend(rateInput),
    output: rate,
  }),
});

/** Days of a workspace whose time entries can no longer change. */
export const periodLock = z.object({
  id,
  workspaceId: id,
  from: z.string().meta({ description: 'First day, YYYY-MM-DD' }),
  to: z.string().meta({ description: 'Last day' }),
  timeZone: z.string(),
  lockedBy: id,
  lockedAt: instant,
});
export type PeriodLock = z.infer<typeof periodLock>;

/** Period locks: in a locked period, timers cannot start, and time cannot be entered, stopped or corrected. */
export const periodLocks = operationGroup('periodLocks', {
  list: operation({
    summary: 'List the locked periods of a workspace',
    description: 'Most recent first.',
    method: 'GET',
    path: '/workspaces/:workspaceId/period-locks',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: fullList(periodLock),
  }),
  lock: operation({
    summary: 'Lock a period',
    description:
      'The period must have begun. Timers running across one of its borders are split there; those running inside it are stopped.',
    method: 'POST',
    path: '/workspaces/:workspaceId/period-locks',
    access: 'workspace:admin',
    limit: 'user',
    example: { from: '2024-01-01', to: '2024-01-31' },
    input: z.strictObject({
      workspaceId: id,
      from: z.iso.date(),
      to: z.iso.date(),
      timeZone: timezone.optional().meta({ description: 'Defaults to your time zone' }),
    }),
    output: periodLock,
    status: 201,
    errors: ['conflict'],
  }),
  unlock: operation({
    summary: 'Unlock a period',
    method: 'DELETE',
    path: '/workspaces/:workspaceId/period-locks/:lockId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, lockId: id }),
    output: nothing,
    errors: ['not_found'],
  }),
});
