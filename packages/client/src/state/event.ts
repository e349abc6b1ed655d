import type { DurableType, EventData, EventMeta, EventType } from '@atrium/protocol';

/** An event that has a place in a stream. */
export type LiveEvent = {
  [Type in DurableType]: { type: Type; data: EventData[Type]; meta: EventMeta };
}[DurableType];

/** An event that may be lost. */
export type VolatileEvent = {
  [Type in Exclude<EventType, DurableType>]: { type: Type; data: EventData[Type] };
}[Exclude<EventType, DurableType>];
