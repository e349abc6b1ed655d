import type { EventData, EventType, StreamName } from '@atrium/protocol';
import type { HubListener, StreamHub } from '../stream/index.ts';
import { toFrame, toPacket } from './frame.ts';
import { LiveSocket } from './live-socket.ts';

/** Within this time the clients of a node that stops spread their return. */
const MOVE_WITHIN_MS = 2_000;

type ChangeListener = (userId: string, count: number) => void;

/** The open connections of this node, by user. */
export class Connections implements HubListener {
  private readonly hub: StreamHub;
  private readonly byUser = new Map<string, Set<LiveSocket>>();
  private readonly listeners = new Set<ChangeListener>();

  constructor(hub: StreamHub) {
    this.hub = hub;
    hub.listen(this);
  }

  add(live: LiveSocket): void {
    const open = this.byUser.get(live.userId) ?? new Set();
    open.add(live);
    this.byUser.set(live.userId, open);
    this.changed(live.userId);
  }

  remove(live: LiveSocket): void {
    const open = this.byUser.get(live.userId);
    if (!open?.delete(live)) return;
    if (open.size === 0) this.byUser.delete(live.userId);
    this.changed(live.userId);
  }

  /** Open connections of a user. */
  count(userId: string): number {
    return this.byUser.get(userId)?.size ?? 0;
  }

  /** Open connections of everyone. */
  total(): number {
    let total = 0;
    for (const open of this.byUser.values()) total += open.size;
    return total;
  }

  /** Tells of every connection that opens or closes. @returns stops telling */
  onChange(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends something that may be lost to everyone who follows one of the streams, once each. */
  broadcast<Type extends EventType>(
    streams: readonly StreamName[],
    type: Type,
    data: EventData[Type],
    options: { exceptUserId?: string } = {},
  ): void {
    const packet = toPacket(type, data);
    const frame = toFrame(packet);
    for (const follower of this.hub.followersOf(streams)) {
      if (follower.userId === options.exceptUserId) continue;
      if (follower instanceof LiveSocket) follower.emitVolatile(packet, frame);
    }
  }

  follow(userId: string, streams: readonly StreamName[]): void {
    for (const live of this.byUser.get(userId) ?? []) {
      this.hub.follow(live, streams).then(
        // What happened between the state it was given and now is not sent: let it see that it is behind.
        (positions) => live.emit('heads', Object.fromEntries(positions)),
        () => live.disconnect(),
      );
    }
  }

  unfollow(userId: string, streams: readonly StreamName[]): void {
    for (const live of this.byUser.get(userId) ?? []) this.hub.unfollow(live, streams);
  }

  disconnect(userId: string, sessionIds: readonly string[]): void {
    // After this tick: the event that says so is delivered first.
    setImmediate(() => {
      for (const live of [...(this.byUser.get(userId) ?? [])]) {
        if (sessionIds.includes(live.sessionId)) live.disconnect();
      }
    });
  }

  /** Tells everyone to go elsewhere and takes no more commands. Resolves when those under way are answered. */
  async announceMove(): Promise<void> {
    const all = [...this.byUser.values()].flatMap((open) => [...open]);
    for (const live of all) live.emit('server:moving', { retryInMs: Math.round(Math.random() * MOVE_WITHIN_MS) });
    await Promise.all(all.map((live) => live.commands.close()));
  }

  private changed(userId: string): void {
    for (const listener of this.listeners) listener(userId, this.count(userId));
  }
}
