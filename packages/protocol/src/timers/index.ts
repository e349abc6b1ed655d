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

/** Shared live timers of tasks, and the time entries that they leave. */
export const timersFeature = feature({
  groups: {
    timers: { title: 'Timers', description: 'Shared live timers of tasks.', operations: timers },
    timeEntries: {
      title: 'Time entries',
      description: 'Time that was measured, entered by hand or corrected.',
      operations: timeEntries,
    },
    rates: { title: 'Hourly rates', description: 'What an hour costs, by workspace and by task.', operations: rates },
    periodLocks: {
      title: 'Period locks',
      description: 'Periods of a workspace whose time entries cannot change any more.',
      operations: periodLocks,
    },
  },
  events: timerEvents,
  access: timerAccess,
  problems: timerProblems,
  snapshot: { timers: timersState },
});
