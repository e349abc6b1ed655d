import type { EventData, EventType, StreamName } from '@atrium/protocol';

/** What presence needs of the live platform. Across several nodes the same face counts all of them. */
export interface Connections {
  /** Open connections of a person. */
  count(userId: string): number;
  /** Calls the listener after each change of a person's count; returns how to stop. */
  onChange(listener: (userId: string, count: number) => void): () => void;
  /** Sends a volatile event to everyone who follows one of the streams, once per connection. */
  broadcast<Type extends EventType>(streams: readonly StreamName[], type: Type, data: EventData[Type]): void;
}
