import type { EventData, EventType, StreamName } from '@atrium/protocol';

/** What presence needs of the live platform. Devices and changes are those of all nodes. */
export interface Connections {
  /** Devices of a person with an open connection: two windows of one sign-in are one. */
  devices(userId: string): number;
  /** Open connections of a person on this node. */
  countHere(userId: string): number;
  /** Calls the listener whenever a connection of a person opens or closes; returns how to stop. */
  onChange(listener: (userId: string, devices: number) => void): () => void;
  /** Sends a volatile event to everyone on this node who follows one of the streams, once per connection. */
  broadcastHere<Type extends EventType>(streams: readonly StreamName[], type: Type, data: EventData[Type]): void;
  /** Says something to presence on the other nodes; it may be lost. */
  tellPeers(topic: string, data: Record<string, unknown>): void;
  /** Hears what presence on another node says. */
  onPeers(topic: string, listener: (data: Record<string, unknown>) => void): void;
  /** Tells that the other nodes can be heard again after a time. */
  onRejoin(listener: () => void): void;
}
