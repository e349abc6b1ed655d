import type { StreamName } from '@atrium/protocol';
import { problem } from '../problem/index.ts';
import type { Connections } from './connections.ts';

/** Maximum number of rooms per connection. */
const MAX_ROOMS = 500;

/** The caller. */
interface Caller {
  userId: string;
  sessionId: string;
}

/** The connections, as far as rooms use them. */
export type RoomConnections = Pick<Connections, 'of' | 'rooms' | 'publishToPeers' | 'onPeers'>;

/**
 * Lets callers into rooms whose access has been checked: the connection that asked or, when called over REST, all
 * connections of the session, which may be on other nodes.
 */
export class RoomEntry {
  private readonly connections: RoomConnections;
  private readonly topic: string;

  /** @param topic the channel to the same feature on other nodes */
  constructor(connections: RoomConnections, topic: string) {
    this.connections = connections;
    this.topic = topic;
    connections.onPeers(topic, ({ userId, sessionId, room, joins }) => {
      if (typeof userId !== 'string' || typeof sessionId !== 'string' || typeof room !== 'string') return;
      for (const live of connections.of({ userId, sessionId }, undefined)) {
        if (joins !== true) connections.rooms.leave(live, room as StreamName);
        else if (connections.rooms.countOf(live) < MAX_ROOMS) connections.rooms.join(live, room as StreamName);
      }
    });
  }

  /** @throws `conflict` if a connection is in too many rooms */
  enter(caller: Caller, connectionId: string | undefined, room: StreamName): void {
    for (const live of this.connections.of(caller, connectionId)) {
      if (this.connections.rooms.countOf(live) >= MAX_ROOMS) {
        throw problem('conflict', `A connection watches at most ${MAX_ROOMS} things.`);
      }
      this.connections.rooms.join(live, room);
    }
    this.tell(caller, connectionId, { room, joins: true });
  }

  leave(caller: Caller, connectionId: string | undefined, room: StreamName): void {
    for (const live of this.connections.of(caller, connectionId)) this.connections.rooms.leave(live, room);
    this.tell(caller, connectionId, { room, joins: false });
  }

  private tell(
    { userId, sessionId }: Caller,
    connectionId: string | undefined,
    change: { room: StreamName; joins: boolean },
  ): void {
    if (connectionId === undefined) this.connections.publishToPeers(this.topic, { userId, sessionId, ...change });
  }
}
