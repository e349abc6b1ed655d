import { z } from 'zod';
import { eventMeta } from '../core/event.ts';
import { merge } from '../core/feature.ts';
import { seq } from '../core/primitives.ts';
import { features } from '../features.ts';

/** Stream → position. */
export const positions = z.record(z.string(), seq);

/** One durable event as it stands in a page. */
export const streamEvent = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()), meta: eventMeta });

export const syncPage = z.object({
  events: z.array(streamEvent).meta({ description: 'In order within each stream' }),
  heads: positions,
  more: z.boolean().meta({ description: 'Ask again from the last event of each stream' }),
  reset: z.array(z.string()).meta({ description: 'Streams to start over with a fresh snapshot, or to drop' }),
});
export type SyncPage = z.infer<typeof syncPage>;

/** Everything that a person sees, each feature with its part. */
export const snapshot = z.object({ epoch: z.string(), asOf: positions, ...merge(features, 'snapshot') });
export type Snapshot = z.infer<typeof snapshot>;
