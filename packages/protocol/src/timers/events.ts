import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, instant } from '../core/primitives.ts';
import { forgottenTimer, stopReason, taskTimer, timerSession } from './timer.ts';

/** Each event on a task's stream contains the task's time after it. */
const changed = { taskId: id, timer: taskTimer };

export const timerEvents = {
  'timer:started': event({
    summary: 'A timer was started',
    on: ['task'],
    external: false,
    data: z.object({ ...changed, session: timerSession }),
  }),
  'timer:stopped': event({
    summary: 'A timer was stopped',
    on: ['task'],
    external: false,
    data: z.object({ ...changed, session: timerSession, reason: stopReason }),
  }),
  'timer:allStopped': event({
    summary: 'A manager stopped all timers of a task',
    on: ['task'],
    external: false,
    data: z.object({ ...changed, sessions: z.array(timerSession), reason: stopReason }),
  }),
  'timer:corrected': event({
    summary:
      'A time entry was created, corrected or updated, or a running timer was split at the border of a locked period',
    on: ['task'],
    external: false,
    data: z.object(changed),
  }),
  'timer:forgotten': event({
    summary: 'Your timer has been running for a long time and may have been forgotten',
    on: ['user'],
    data: forgottenTimer,
  }),
  'timer:tick': event({
    summary: 'The time of a task that you watch, once a second while a timer runs',
    on: 'volatile',
    data: z.object({
      taskId: id,
      totalElapsedMs: z.int(),
      activeCount: z.int(),
      baseMs: z.int(),
      startedAt: z.array(instant),
      serverNow: instant,
    }),
  }),
} as const;
