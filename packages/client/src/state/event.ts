import type { DurableType, EventData, EventMeta, EventType } from '@atrium/protocol';

/** A durable event. */
export type LiveEvent = {
  [Type in DurableType]: { type: Type; data: EventData[Type]; meta: EventMeta };
}[DurableType];

export type VolatileType = Exclude<EventType, DurableType>;

/** A volatile event. */
export type VolatileEvent = {
  [Type in VolatileType]: { type: Type; data: EventData[Type] };
}[VolatileType];
