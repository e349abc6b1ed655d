import type { DurableType, EventData, EventMeta, EventType } from '@atrium/protocol';

/** An event that has a place in a stream. */
export type LiveEvent = {
  [Type in DurableType]: { type: Type; data: EventData[Type]; meta: EventMeta };
}[DurableType];

export type VolatileType = Exclude<EventType, DurableType>;

/** An event that may be lost. */
export type VolatileEvent = {
  [Type in VolatileType]: { type: Type; data: EventData[Type] };
}[VolatileType];
