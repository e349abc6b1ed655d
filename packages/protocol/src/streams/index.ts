import { feature } from '../core/feature.ts';
import { connectionEvents } from './connection.ts';
import { streamLimits, streamSizes } from './limits.ts';
import { streams } from './operations.ts';

export * from './connection.ts';
export * from './operations.ts';
export * from './stream-name.ts';
export * from './sync-page.ts';

/** Snapshots and the live stream, with the state and streams of all other features. */
export const streamsFeature = feature({
  groups: {
    streams: {
      title: 'Streams',
      description: 'Snapshots, and the events since the last one received.',
      operations: streams,
    },
  },
  events: connectionEvents,
  limits: streamLimits,
  sizes: streamSizes,
});
