import { z } from 'zod';
import { id, instant, seq } from './primitives.ts';

/** The kinds of audience that share one order of events. */
export const streamKinds = ['user', 'workspace', 'conversation'] as const;
export type StreamKind = (typeof streamKinds)[number];

/** `kind:id`, as in `conversation:0197…`. */
export type StreamName = `${StreamKind}:${string}`;

/** A stream's name on the wire. */
export const streamName = z
  .string()
  .max(64)
  .regex(new RegExp(`^(${streamKinds.join('|')}):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`))
  .transform((value) => value as StreamName);

/** Where an event stands: the second argument of every durable live event. */
export const eventMeta = z.object({ stream: z.string(), seq, at: instant, actorId: id.nullable() });
export interface EventMeta extends Omit<z.infer<typeof eventMeta>, 'stream'> {
  stream: StreamName;
}

/** The data of an event is always an object: some transports lose a bare string. */
type EventSchema = z.ZodType<Record<string, unknown>>;

type Carrier = readonly StreamKind[] | 'volatile';

/** A durable event has a place in a stream and survives everything; a volatile one may be dropped. */
export interface EventSpec<Data extends EventSchema = EventSchema, On extends Carrier = Carrier> {
  summary: string;
  /** The streams that carry it, or `volatile`. */
  on: On;
  data: Data;
}

/** Keeps the exact types of an event's schema and of what carries it. */
export function event<const Data extends EventSchema, const On extends Carrier>(
  spec: EventSpec<Data, On>,
): EventSpec<Data, On> {
  return spec;
}

/** The data of an event. */
export type DataOf<Event> = Event extends EventSpec<infer Data> ? z.output<Data> : never;
