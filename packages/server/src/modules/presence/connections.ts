import type { EventData, EventType, StreamName } from '@atrium/protocol';

/** What presence needs of the live platform. Devices and changes include those of all nodes. */
export interface Connections {
  /** Devices of a user with an open connection; two windows of one session are one device. */
  devices(userId: string): number;
  /** Open connections of a user on this node. */
  countHere(userId: string): number;
  /** Calls the listener when a connection of a user opens or closes; returns a function that stops it. */
  onChange(listener: (userId: string, devices: number) => void): () => void;
  /** Sends a volatile event to everyone on this node who follows one of the streams, once per connection. */
  broadcastHere<Type extends EventType>(streams: readonly StreamName[], type: Type, data: EventData[Type]): void;
  /** Sends a message to presence on the other nodes; it may be lost. */
  publishToPeers(topic: string, data: Record<string, unknown>): void;
  /** Receives messages from presence on other nodes. */
  onPeers(topic: string, listener: (data: Record<string, unknown>) => void): void;
  /** Called when the other nodes can be reached again. */
  onRejoin(listener: () => void): void;
}
