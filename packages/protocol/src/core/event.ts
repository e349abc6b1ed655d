import { z } from 'zod';
import { id, instant, seq } from './primitives.ts';

/** The position of an event: the second argument of every durable live event. */
export const eventMeta = z.object({ stream: z.string(), seq, at: instant, actorId: id.nullable() });

/** The data of an event is always an object: some transports drop a bare string. */
type EventSchema = z.ZodType<Record<string, unknown>>;

type Carrier = readonly string[] | 'volatile';

/** A durable event has a position in a stream and is never lost; a volatile event may be dropped. */
export interface EventSpec<Data extends EventSchema = EventSchema, On extends Carrier = Carrier> {
  summary: string;
  /** The kinds of stream that carry it, or `volatile`. */
  on: On;
  /**
   * Whether external servers, such as webhook endpoints, can receive it. Required for durable events on shared streams;
   * false for frequent events, for summaries of other events, and for those that not all readers of the stream see.
   */
  external?: boolean;
  data: Data;
}

/** Keeps the exact types of an event's schema and of the streams that carry it. */
export function event<const Data extends EventSchema, const On extends Carrier>(
  spec: EventSpec<Data, On>,
): EventSpec<Data, On> {
  return spec;
}

/** The data of an event. */
export type DataOf<Event> = Event extends EventSpec<infer Data> ? z.output<Data> : never;
