import { event } from '../core/event.ts';
import { feature } from '../core/feature.ts';
import { counters, instanceCounters } from './counters.ts';
import { doctor } from './doctor.ts';
import { adminWorkspaces } from './workspaces.ts';

export * from './counters.ts';
export * from './doctor.ts';
export * from './workspaces.ts';

/** What administrators of the instance see of it as a whole. */
export const administrationFeature = feature({
  groups: {
    counters: {
      title: 'Counters of the instance',
      description: 'How much is going on, now and in the last 24 hours.',
      operations: counters,
    },
    doctor: {
      title: 'Checks of the instance',
      description: 'Whether what the server needs around it is well.',
      operations: doctor,
    },
    adminWorkspaces: {
      title: 'Workspaces of the instance',
      description: 'The workspaces of the instance for its administrators.',
      operations: adminWorkspaces,
    },
  },
  events: {
    'instance:counters': event({
      summary: 'The counters of the instance, every 2 seconds while you watch them',
      on: 'volatile',
      data: instanceCounters,
    }),
  },
});
