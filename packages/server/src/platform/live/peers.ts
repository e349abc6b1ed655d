import type { EventType, StreamName } from '@atrium/protocol';

/** A volatile event on its way to the followers of streams. */
export interface Broadcast {
  streams: readonly StreamName[];
  type: EventType;
  data: Record<string, unknown>;
  exceptUserId?: string | undefined;
}

/** Open connections of one person by device, which is a sign-in or an API token. */
export type ConnectionsByDevice = Readonly<Record<string, number>>;

/** What other nodes say. */
export interface PeerListener {
  /** A user's open connections on other nodes have changed. */
  devicesChanged(userId: string): void;
  broadcast(broadcast: Broadcast): void;
  /** A word from the same feature on another node; its data is unchecked. */
  word(topic: string, data: Record<string, unknown>): void;
  /** The others could not be heard for a while: volatile things have been missed. */
  rejoined(): void;
}

/** The other nodes. Whatever is told them may be lost. */
export interface Peers {
  /** Open connections of a user on other nodes, one entry for each node where they are. */
  devices(userId: string): ConnectionsByDevice[];
  /** Tells which connections a user has here; none: they are gone. */
  tellDevices(userId: string, devices: ConnectionsByDevice): void;
  broadcast(broadcast: Broadcast): void;
  word(topic: string, data: Record<string, unknown>): void;
  listen(listener: PeerListener): void;
}

/** A node that is alone. */
export const noPeers: Peers = {
  devices: () => [],
  tellDevices() {},
  broadcast() {},
  word() {},
  listen() {},
};
