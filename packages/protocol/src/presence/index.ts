import { feature } from '../core/feature.ts';
import { presenceEvents } from './events.ts';
import { presences } from './operations.ts';

export * from './events.ts';
export * from './operations.ts';
export * from './presence.ts';

/** Who is online, away or busy. */
export const presenceFeature = feature({
  groups: {
    presence: { title: 'Presence', description: 'Who is online, away or busy.', operations: presences },
  },
  events: presenceEvents,
});
