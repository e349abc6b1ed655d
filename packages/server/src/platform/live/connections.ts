import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventData, EventType, StreamName } from '@atrium/protocol';
import type { HubListener, StreamHub } from '../stream/index.ts';
import { encode, toPacket } from './frame.ts';
import { LiveSocket } from './live-socket.ts';
import { type Broadcast, type ConnectionsByDevice, noPeers, type Peers } from './peers.ts';
import { Rooms } from './rooms.ts';

/** When a node stops, its clients spread their reconnects over this time. */
const MOVE_WITHIN_MS = 2_000;

type ChangeListener = (userId: string, devices: number) => void;
type WordListener = (data: Record<string, unknown>) => void;

type Readable = (userId: string, streams: readonly StreamName[]) => Promise<ReadonlySet<StreamName>>;

/** The open connections of this node by user, and what is known of those on other nodes. */
export class Connections implements HubListener {
  private readonly hub: StreamHub;
  private readonly peers: Peers;
  private readonly readable: Readable;
  /** The users on this node who watch something closely. */
  readonly rooms: Rooms;
  private readonly byUser = new Map<string, Set<LiveSocket>>();
  private readonly listeners = new Set<ChangeListener>();
  private readonly wordListeners = new Map<string, WordListener>();
  private readonly rejoinListeners = new Set<() => void>();

  /** @param readable which of these streams a user may read now */
  constructor(hub: StreamHub, readable: Readable, peers: Peers = noPeers) {
    this.hub = hub;
    this.readable = readable;
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
   * The open connections on this node that a call came from or applies to.
   * @param connectionId the socket that sent it; undefined for REST, where all connections of the session count
   */
  of(caller: { userId: string; sessionId: string }, connectionId: string | undefined): LiveSocket[] {
    return [...(this.byUser.get(caller.userId) ?? [])].filter((live) =>
      connectionId === undefined ? live.sessionId === caller.sessionId : live.socket.id === connectionId,
    );
  }

  /** Number of open connections of a user, on all nodes. */
  count(userId: string): number {
    const elsewhere = this.peers.devices(userId).flatMap((devices) => Object.values(devices));
    return elsewhere.reduce((sum, count) => sum + count, this.countHere(userId));
  }

  /** Number of devices of a user with an open connection, on all nodes; two windows of one session are one device. */
  devices(userId: string): number {
    const all = [this.devicesHere(userId), ...this.peers.devices(userId)];
    return new Set(all.flatMap((devices) => Object.keys(devices))).size;
  }

  /** Open connections of a user on this node. */
  countHere(userId: string): number {
    return this.byUser.get(userId)?.size ?? 0;
  }

  /** All open connections on this node. */
  total(): number {
    let total = 0;
    for (const open of this.byUser.values()) total += open.size;
    return total;
  }

  /** All open connections, on all nodes. */
  totalOfNodes(): number {
    return this.total() + this.peers.total();
  }

  /**
   * Subscribes to every connection that opens or closes on any node, with the number of devices afterwards.
   * @returns a function to unsubscribe
   */
  onChange(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends a volatile event once to everyone who follows one of the streams, on all nodes. */
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

  /** The same on this node only, for events that every node detects itself. */
  broadcastHere<Type extends EventType>(streams: readonly StreamName[], type: Type, data: EventData[Type]): void {
    this.deliver({ streams, type, data });
  }

  /** Sends a message to the same feature on the other nodes; it may be lost. */
  publishToPeers(topic: string, data: Record<string, unknown>): void {
    this.peers.word(topic, data);
  }

  /** Subscribes to messages of other nodes on a topic, which has one listener. The data is not validated. */
  onPeers(topic: string, listener: WordListener): void {
    this.wordListeners.set(topic, listener);
  }

  /** Subscribes to the other nodes becoming reachable again after messages were lost. */
  onRejoin(listener: () => void): void {
    this.rejoinListeners.add(listener);
  }

  follow(userId: string, streams: readonly StreamName[]): void {
    const open = [...(this.byUser.get(userId) ?? [])];
    if (open.length === 0) return;
    this.followHeldBack(open, userId, streams).catch(() => {
      for (const live of open) live.drop();
    });
  }

  /**
   * Another node may already have ended what this event begins, and the stream may be beyond that: nothing of it is
   * delivered before the database has confirmed who may read it now.
   */
  private async followHeldBack(
    open: readonly LiveSocket[],
    userId: string,
    streams: readonly StreamName[],
  ): Promise<void> {
    const following = open.map(async (live) => {
      const releases = streams.map((stream) => ({ stream, release: live.holdBack(stream) }));
      return { live, releases, positions: await this.hub.follow(live, streams) };
    });
    const followed = await Promise.all(following);
    const readable = await this.readable(userId, streams);
    for (const { live, releases, positions } of followed) {
      this.hub.unfollow(
        live,
        streams.filter((stream) => !readable.has(stream)),
      );
      const still = this.hub.positions(live);
      // Events between the connection's snapshot and now are not sent: its client must detect that it is behind.
      live.emit('heads', Object.fromEntries([...positions].filter(([stream]) => still.has(stream))));
      for (const { stream, release } of releases) release(still.has(stream));
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

  /** Tells all clients to reconnect elsewhere and accepts no more commands. Resolves when running ones are answered. */
  async announceMove(): Promise<void> {
    const all = [...this.byUser.values()].flatMap((open) => [...open]);
    for (const live of all) live.emit('server:moving', { retryInMs: Math.round(Math.random() * MOVE_WITHIN_MS) });
    await Promise.all(all.map((live) => live.commands.close()));
    // The first turn produces the last answers; by the end of the second they are sent.
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
    this.peers.publishDevices(userId, this.devicesHere(userId));
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
