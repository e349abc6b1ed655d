import { feature } from '../core/feature.ts';
import { timerAccess } from './access.ts';
import { timerEvents } from './events.ts';
import { periodLocks, rates, timeEntries, timers } from './operations.ts';
import { timerProblems } from './problems.ts';
import { timersState } from './timer.ts';

export * from './events.ts';
export * from './operations.ts';
export * from './timer.ts';
export * from './total.ts';

/** Shared live timers of tasks, and their time entries. */
export const timersFeature = feature({
  groups: {
    timers: { title: 'Timers', description: 'Shared live timers of tasks.', operations: timers },
    timeEntries: {
      title: 'Time entries',
      description: 'Time that was measured, entered manually or corrected.',
      operations: timeEntries,
    },
    rates: { title: 'Hourly rates', description: 'Hourly rates of workspaces and tasks.', operations: rates },
    periodLocks: {
      title: 'Period locks',
      description: 'Periods of a workspace in which time entries can no longer change.',
      operations: periodLocks,
    },
  },
  events: timerEvents,
  access: timerAccess,
  problems: timerProblems,
  snapshot: { timers: timersState },
});
