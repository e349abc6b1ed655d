import { z } from 'zod';
import { eventMeta } from '../core/event.ts';
import { merge } from '../core/feature.ts';
import { seq } from '../core/primitives.ts';
import { features } from '../features.ts';

/** Positions by stream. */
export const positions = z.record(z.string(), seq);

/** A durable event in a page. */
export const streamEvent = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()), meta: eventMeta });

export const syncPage = z.object({
  events: z.array(streamEvent).meta({ description: 'Ordered within each stream' }),
  heads: positions,
  more: z.boolean().meta({ description: 'More events follow; resume from the last event of each stream' }),
  reset: z.array(z.string()).meta({ description: 'Streams to reload from a new snapshot, or to drop' }),
});
export type SyncPage = z.infer<typeof syncPage>;

/** Everything the caller can see, with a part from each feature. */
export const snapshot = z.object({ epoch: z.string(), asOf: positions, ...merge(features, 'snapshot') });
export type Snapshot = z.infer<typeof snapshot>;
