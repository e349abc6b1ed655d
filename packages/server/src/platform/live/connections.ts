import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventData, EventType, StreamName } from '@atrium/protocol';
import type { HubListener, StreamHub } from '../stream/index.ts';
import { encode, toPacket } from './frame.ts';
import { LiveSocket } from './live-socket.ts';
import { type Broadcast, type ConnectionsByDevice, noPeers, type Peers } from './peers.ts';
import { Rooms } from './rooms.ts';

/** Within this time the clients of a node that stops spread their return. */
const MOVE_WITHIN_MS = 2_000;

type ChangeListener = (userId: string, devices: number) => void;
type WordListener = (data: Record<string, unknown>) => void;

/** The open connections of this node, by user, and what is known of those on the others. */
export class Connections implements HubListener {
  private readonly hub: StreamHub;
  private readonly peers: Peers;
  /** Who watches something closely on this node. */
  readonly rooms: Rooms;
  private readonly byUser = new Map<string, Set<LiveSocket>>();
  private readonly listeners = new Set<ChangeListener>();
  private readonly wordListeners = new Map<string, WordListener>();
  private readonly rejoinListeners = new Set<() => void>();

  constructor(hub: StreamHub, peers: Peers = noPeers) {
    this.hub = hub;
    this.peers = peers;
    this.rooms = new Rooms((live, streams) => hub.isFollowing(live, streams));
    hub.listen(this);
    peers.listen({
      devicesChanged: (userId) => this.changed(userId),
      broadcast: (broadcast) => this.deliver(broadcast),
      word: (topic, data) => this.wordListeners.get(topic)?.(data),
      rejoined: () => {
        for (const listener of this.rejoinListeners) listener();
      },
    });
  }

  add(live: LiveSocket): void {
    const open = this.byUser.get(live.userId) ?? new Set();
    open.add(live);
    this.byUser.set(live.userId, open);
    this.changedHere(live.userId);
  }

  remove(live: LiveSocket): void {
    this.rooms.leaveAll(live);
    const open = this.byUser.get(live.userId);
    if (!open?.delete(live)) return;
    if (open.size === 0) this.byUser.delete(live.userId);
    this.changedHere(live.userId);
  }

  /**
   * The open connections on this node from which a call comes, or which may speak for it.
   * @param connectionId of the one that sent it over the socket; undefined: it came by REST, and all of the session count
   */
  of(caller: { userId: string; sessionId: string }, connectionId: string | undefined): LiveSocket[] {
    return [...(this.byUser.get(caller.userId) ?? [])].filter((live) =>
      connectionId === undefined ? live.sessionId === caller.sessionId : live.socket.id === connectionId,
    );
  }

  /** Open connections of a user, on all nodes. */
  count(userId: string): number {
    const elsewhere = this.peers.devices(userId).flatMap((devices) => Object.values(devices));
    return elsewhere.reduce((sum, count) => sum + count, this.countHere(userId));
  }

  /** Devices of a user with an open connection, on all nodes: two windows of one sign-in are one. */
  devices(userId: string): number {
    const all = [this.devicesHere(userId), ...this.peers.devices(userId)];
    return new Set(all.flatMap((devices) => Object.keys(devices))).size;
  }

  /** Open connections of a user on this node. */
  countHere(userId: string): number {
    return this.byUser.get(userId)?.size ?? 0;
  }

  /** Open connections of everyone on this node. */
  total(): number {
    let total = 0;
    for (const open of this.byUser.values()) total += open.size;
    return total;
  }

  /** Tells of every connection that opens or closes on any node, and how many devices there are then. @returns stops telling */
  onChange(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends something that may be lost to everyone who follows one of the streams, on all nodes, once each. */
  broadcast<Type extends EventType>(
    streams: readonly StreamName[],
    type: Type,
    data: EventData[Type],
    options: { exceptUserId?: string } = {},
  ): void {
    const broadcast = { streams, type, data, ...options };
    this.deliver(broadcast);
    this.peers.broadcast(broadcast);
  }

  /** The same on this node alone, for what every node finds out by itself. */
  broadcastHere<Type extends EventType>(streams: readonly StreamName[], type: Type, data: EventData[Type]): void {
    this.deliver({ streams, type, data });
  }

  /** Says something to the same feature on the other nodes; it may be lost. */
  tellPeers(topic: string, data: Record<string, unknown>): void {
    this.peers.word(topic, data);
  }

  /** Hears what other nodes say on a topic, which has one listener. The data is unchecked. */
  onPeers(topic: string, listener: WordListener): void {
    this.wordListeners.set(topic, listener);
  }

  /** Tells that the other nodes can be heard again, after a time in which words were lost. */
  onRejoin(listener: () => void): void {
    this.rejoinListeners.add(listener);
  }

  follow(userId: string, streams: readonly StreamName[]): void {
    for (const live of this.byUser.get(userId) ?? []) {
      this.hub.follow(live, streams).then(
        // What happened between the state it was given and now is not sent: let it see that it is behind.
        (positions) => live.emit('heads', Object.fromEntries(positions)),
        () => live.drop(),
      );
    }
  }

  unfollow(userId: string, streams: readonly StreamName[]): void {
    for (const live of this.byUser.get(userId) ?? []) this.hub.unfollow(live, streams);
  }

  disconnect(userId: string, sessionIds: readonly string[]): void {
    for (const live of this.byUser.get(userId) ?? []) {
      if (sessionIds.includes(live.sessionId)) void live.leave();
    }
  }

  /** Tells everyone to go elsewhere and takes no more commands. Resolves when those under way are answered. */
  async announceMove(): Promise<void> {
    const all = [...this.byUser.values()].flatMap((open) => [...open]);
    for (const live of all) live.emit('server:moving', { retryInMs: Math.round(Math.random() * MOVE_WITHIN_MS) });
    await Promise.all(all.map((live) => live.commands.close()));
    // In the first turn the last answers are given, by the end of the second they are on their way.
    await nextTurn();
    await nextTurn();
  }

  private deliver({ streams, type, data, exceptUserId }: Broadcast): void {
    const encoded = encode(toPacket(type, data));
    for (const follower of this.hub.followersOf(streams)) {
      if (follower.userId === exceptUserId) continue;
      if (follower instanceof LiveSocket) follower.emitVolatile(encoded);
    }
  }

  private changedHere(userId: string): void {
    this.peers.tellDevices(userId, this.devicesHere(userId));
    this.changed(userId);
  }

  private devicesHere(userId: string): ConnectionsByDevice {
    const devices: Record<string, number> = {};
    for (const { sessionId } of this.byUser.get(userId) ?? []) devices[sessionId] = (devices[sessionId] ?? 0) + 1;
    return devices;
  }

  private changed(userId: string): void {
    for (const listener of this.listeners) listener(userId, this.devices(userId));
  }
}
