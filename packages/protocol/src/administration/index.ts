import { event } from '../core/event.ts';
import { feature } from '../core/feature.ts';
import { counters, instanceCounters } from './counters.ts';
import { doctor } from './doctor.ts';
import { adminWorkspaces } from './workspaces.ts';

export * from './counters.ts';
export * from './doctor.ts';
export * from './workspaces.ts';

/** What administrators of the instance see of the whole instance. */
export const administrationFeature = feature({
  groups: {
    counters: {
      title: 'Counters of the instance',
      description: 'Current activity, and that of the last 24 hours.',
      operations: counters,
    },
    doctor: {
      title: 'Checks of the instance',
      description: 'Checks of the services that the server depends on.',
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
