import { feature } from '../core/feature.ts';
import { timesheets } from './operations.ts';

export * from './operations.ts';
export * from './timesheet.ts';

/** Totals of time. */
export const timesheetsFeature = feature({
  groups: {
    timesheets: {
      title: 'Timesheets',
      description: 'Totals by person, task, day or category, also as files.',
      operations: timesheets,
    },
  },
});
