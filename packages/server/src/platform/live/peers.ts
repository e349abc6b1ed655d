import type { EventType, StreamName } from '@atrium/protocol';

/** A volatile event on its way to the followers of streams. */
export interface Broadcast {
  streams: readonly StreamName[];
  type: EventType;
  data: Record<string, unknown>;
  exceptUserId?: string | undefined;
}

/** What other nodes say. */
export interface PeerListener {
  /** A user's open connections on other nodes have changed. */
  countChanged(userId: string): void;
  broadcast(broadcast: Broadcast): void;
  /** A word from the same feature on another node; its data is unchecked. */
  word(topic: string, data: Record<string, unknown>): void;
  /** The others could not be heard for a while: volatile things have been missed. */
  rejoined(): void;
}

/** The other nodes. Whatever is told them may be lost. */
export interface Peers {
  /** Open connections of a user on other nodes. */
  count(userId: string): number;
  /** Tells how many connections a user has here. */
  tellCount(userId: string, count: number): void;
  broadcast(broadcast: Broadcast): void;
  word(topic: string, data: Record<string, unknown>): void;
  listen(listener: PeerListener): void;
}

/** A node that is alone. */
export const noPeers: Peers = {
  count: () => 0,
  tellCount() {},
  broadcast() {},
  word() {},
  listen() {},
};
