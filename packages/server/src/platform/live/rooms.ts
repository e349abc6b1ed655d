import type { EventData, EventType, StreamKind, StreamName } from '@atrium/protocol';
import { encode, toPacket } from './frame.ts';
import type { LiveSocket } from './live-socket.ts';

/** Notified when rooms become occupied or empty on this node. */
export interface RoomListener {
  occupied(room: StreamName): void;
  empty(room: StreamName): void;
}

/**
 * Rooms on this node: connections that subscribed to the volatile events of something, named after its stream. A room
 * grants no access: every event states the streams of its audience.
 */
export class Rooms {
  private readonly members = new Map<StreamName, Set<LiveSocket>>();
  private readonly rooms = new Map<LiveSocket, Set<StreamName>>();
  private readonly follows: (live: LiveSocket, streams: readonly StreamName[]) => boolean;
  private readonly listeners = new Map<StreamKind, RoomListener>();

  /** @param follows whether the connection follows one of the streams */
  constructor(follows: (live: LiveSocket, streams: readonly StreamName[]) => boolean) {
    this.follows = follows;
  }

  /** Notifies the one listener for rooms of this kind. */
  listen(kind: StreamKind, listener: RoomListener): void {
    this.listeners.set(kind, listener);
  }

  join(live: LiveSocket, room: StreamName): void {
    const own = this.rooms.get(live) ?? new Set();
    this.rooms.set(live, own.add(room));
    const members = this.members.get(room);
    if (members !== undefined) {
      members.add(live);
      return;
    }
    this.members.set(room, new Set([live]));
    this.listenerOf(room)?.occupied(room);
  }

  leave(live: LiveSocket, room: StreamName): void {
    const own = this.rooms.get(live);
    own?.delete(room);
    if (own?.size === 0) this.rooms.delete(live);
    const members = this.members.get(room);
    if (!members?.delete(live) || members.size > 0) return;
    this.members.delete(room);
    this.listenerOf(room)?.empty(room);
  }

  /** The connection is closed. */
  leaveAll(live: LiveSocket): void {
    for (const room of [...(this.rooms.get(live) ?? [])]) this.leave(live, room);
  }

  /** Number of rooms a connection is in. */
  countOf(live: LiveSocket): number {
    return this.rooms.get(live)?.size ?? 0;
  }

  /** Sends a volatile event to everyone in the room who currently follows one of the streams. */
  emit<Type extends EventType>(
    room: StreamName,
    audience: readonly StreamName[],
    type: Type,
    data: EventData[Type],
  ): void {
    const members = this.members.get(room);
    if (members === undefined) return;
    const encoded = encode(toPacket(type, data));
    for (const live of members) if (this.follows(live, audience)) live.emitVolatile(encoded);
  }

  private listenerOf(room: StreamName): RoomListener | undefined {
    return this.listeners.get(room.slice(0, room.indexOf(':')) as StreamKind);
  }
}
