import { z } from 'zod';
import type { eventMeta } from '../core/event.ts';
import { features } from '../features.ts';

type KindsOf<Feature> = Feature extends { streams: readonly (infer Kind extends string)[] } ? Kind : never;

/** A kind of stream. Everyone who reads a stream sees the same events in the same order. */
export type StreamKind = KindsOf<(typeof features)[number]>;
export const streamKinds: readonly StreamKind[] = features.flatMap((feature) =>
  'streams' in feature ? [...feature.streams] : [],
);

/** `kind:id`, as in `conversation:0197…`. */
export type StreamName = `${StreamKind}:${string}`;

/** A stream's name on the wire. */
export const streamName = z
  .string()
  .max(64)
  .regex(new RegExp(`^(${streamKinds.join('|')}):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`))
  .transform((value) => value as StreamName);

/** The position of an event, with the name of its stream. */
export interface EventMeta extends Omit<z.infer<typeof eventMeta>, 'stream'> {
  stream: StreamName;
}
