import type { ProblemSpec } from '../core/problem.ts';

export const timerProblems = {
  timer_running: { status: 409, title: 'Your timer is already running' },
  timer_not_running: { status: 409, title: 'The timer is not running' },
  period_locked: { status: 409, title: 'The period is locked' },
} as const satisfies Record<string, ProblemSpec>;
