import type { EventType, StreamName } from '@atrium/protocol';

/** A volatile event for the followers of some streams. */
export interface Broadcast {
  streams: readonly StreamName[];
  type: EventType;
  data: Record<string, unknown>;
  exceptUserId?: string | undefined;
}

/** Open connections of a user by device, which is a session or an API token. */
export type ConnectionsByDevice = Readonly<Record<string, number>>;

/** Messages from other nodes. */
export interface PeerListener {
  /** A user's open connections on other nodes changed. */
  devicesChanged(userId: string): void;
  broadcast(broadcast: Broadcast): void;
  /** A message from the same feature on another node; its data is not validated. */
  word(topic: string, data: Record<string, unknown>): void;
  /** The other nodes were unreachable for a while: volatile messages were lost. */
  rejoined(): void;
}

/** The other nodes. Messages to them may be lost. */
export interface Peers {
  /** Open connections of a user on other nodes, one entry per node. */
  devices(userId: string): ConnectionsByDevice[];
  /** Number of open connections on other nodes. */
  total(): number;
  /** Announces the connections of a user on this node; empty if there are none. */
  publishDevices(userId: string, devices: ConnectionsByDevice): void;
  broadcast(broadcast: Broadcast): void;
  word(topic: string, data: Record<string, unknown>): void;
  listen(listener: PeerListener): void;
}

/** A node without others. */
export const noPeers: Peers = {
  devices: () => [],
  total: () => 0,
  publishDevices() {},
  broadcast() {},
  word() {},
  listen() {},
};
