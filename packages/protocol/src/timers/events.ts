import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, instant } from '../core/primitives.ts';
import { forgottenTimer, stopReason, taskTimer, timerSession } from './timer.ts';

/** Each event of a task's stream carries the task's time as it is after it. */
const changed = { taskId: id, timer: taskTimer };

export const timerEvents = {
  'timer:started': event({
    summary: 'Someone started their timer on a task',
    on: ['task'],
    data: z.object({ ...changed, session: timerSession }),
  }),
  'timer:stopped': event({
    summary: 'A timer stopped',
    on: ['task'],
    data: z.object({ ...changed, session: timerSession, reason: stopReason }),
  }),
  'timer:allStopped': event({
    summary: 'Someone who manages the task stopped all its timers',
    on: ['task'],
    data: z.object({ ...changed, sessions: z.array(timerSession), reason: stopReason }),
  }),
  'timer:corrected': event({
    summary: 'Time was entered by hand or corrected, or a running timer was split where a locked period ends',
    on: ['task'],
    data: z.object(changed),
  }),
  'timer:forgotten': event({
    summary: 'A timer of mine has been running for long: was it forgotten?',
    on: ['user'],
    data: forgottenTimer,
  }),
  'timer:tick': event({
    summary: 'The time of a task that I watch, once a second while a timer runs',
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
