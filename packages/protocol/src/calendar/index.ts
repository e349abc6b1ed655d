import { feature } from '../core/feature.ts';
import { calendar } from './operations.ts';

export * from './operations.ts';

/** Due dates for calendar programs. */
export const calendarFeature = feature({
  groups: {
    calendar: {
      title: 'Calendar feed',
      description: 'The due dates of your tasks, as an iCalendar feed with a secret URL.',
      operations: calendar,
    },
  },
});
