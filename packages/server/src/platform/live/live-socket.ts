import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { EventData, EventType, StreamName } from '@atrium/protocol';
import type { Socket } from 'socket.io';
import type { UnreadBytes } from '../load/index.ts';
import type { UserActor } from '../module/index.ts';
import { problem } from '../problem/index.ts';
import { type Follower, type LiveEvent, viewFor } from '../stream/index.ts';
import { CommandQueue } from './command-queue.ts';
import { type Encoded, encode, encodeEvents, encodeView, toPacket } from './frame.ts';
import { type Backlog, Wire } from './wire.ts';

/** Revoked sessions are closed within a second; running commands have half of it. */
const LAST_ANSWERS_MS = 500;
/** How often to check whether a reader has caught up. */
const DRAIN_CHECK_MS = 20;

/** Callbacks of a connection. */
export interface LiveSocketOptions {
  /** For tests only: loses, duplicates or reorders deliveries. */
  tamper?: ((events: readonly LiveEvent[]) => readonly LiveEvent[]) | undefined;
  /** Backlog at which the reader is disconnected. */
  patience?: Backlog | undefined;
  /** The backlog of this user on all connections. */
  unread: UnreadBytes;
  onSlow(): void;
}

/** An open connection: follows streams, and receives their events once the gate is open. */
export class LiveSocket implements Follower {
  readonly socket: Socket;
  readonly commands = new CommandQueue();
  actor: UserActor;
  private readonly options: LiveSocketOptions;
  private readonly wire: Wire;
  private held: (readonly LiveEvent[])[] | undefined = [];
  /** Events of streams for which the user's permission is being checked again. */
  private readonly heldBack = new Map<StreamName, (readonly LiveEvent[])[]>();
  private cut = false;
  private readonly fresh = new Map<StreamName, number>();

  constructor(socket: Socket, actor: UserActor, options: LiveSocketOptions) {
    this.socket = socket;
    this.actor = actor;
    this.options = options;
    this.wire = new Wire(socket, options.patience);
    this.wire.carryAcks(socket);
    const stop = options.unread.watch(actor.userId, () => this.wire.waitingBytes());
    socket.conn.once('close', stop);
  }

  get userId(): string {
    return this.actor.userId;
  }

  get sessionId(): string {
    return this.actor.sessionId;
  }

  /**
   * Releases what was held back during setup, and delivers everything from now on.
   * @param followed the streams that it follows; events of streams it has left are dropped
   */
  open(followed: Pick<ReadonlyMap<StreamName, unknown>, 'has'>): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const events of held) {
      if (events[0] !== undefined && followed.has(events[0].meta.stream)) this.deliver(events);
    }
  }

  deliver(events: readonly LiveEvent[]): void {
    if (this.held !== undefined) {
      this.held.push(events);
      return;
    }
    const last = events.at(-1)?.meta;
    const waiting = last && this.heldBack.get(last.stream);
    if (waiting !== undefined) {
      waiting.push(events);
      return;
    }
    if (!this.reads()) return;
    if (last) this.fresh.set(last.stream, last.seq);
    const given = this.options.tamper ? this.options.tamper(events) : events;
    const mine = viewFor(this.userId, given);
    if (mine.length > 0) this.wire.send(mine === given ? encodeEvents(mine) : encodeView(mine));
  }

  /**
   * Holds back the events of a stream from now on.
   * @returns a function that ends it: events held back are delivered, or dropped. It does nothing if the stream was
   * held back again
   */
  holdBack(stream: StreamName): (deliver: boolean) => void {
    const held: (readonly LiveEvent[])[] = [];
    this.heldBack.set(stream, held);
    return (deliver) => {
      if (this.heldBack.get(stream) !== held) return;
      this.heldBack.delete(stream);
      if (deliver) for (const events of held) this.deliver(events);
    };
  }

  /** Sends a volatile event. */
  emitVolatile(encoded: Encoded): void {
    if (this.held !== undefined || this.cut || this.wire.isBusy()) return;
    this.wire.send(encoded);
  }

  /** Sends to this connection only. */
  emit<Type extends EventType>(type: Type, data: EventData[Type]): void {
    if (this.reads()) this.wire.send(encode(toPacket(type, data)));
  }

  /** Streams with events since the last call, and their positions. */
  takeFresh(): Record<string, number> {
    const heads = Object.fromEntries(this.fresh);
    this.fresh.clear();
    return heads;
  }

  /** Accepts no more commands, answers running ones, such as the sign-out itself, and closes within a short time. */
  async leave(): Promise<void> {
    await Promise.race([this.commands.close(), sleep(LAST_ANSWERS_MS, undefined, { ref: false })]);
    // This turn sends the last answers, and delivers the event with the reason.
    await nextTurn();
    this.disconnect();
  }

  disconnect(): void {
    this.wire.flush();
    this.socket.disconnect(true);
  }

  /**
   * Closes the connection of an expired token. A Socket.IO client never reconnects after a disconnect, but does so
   * automatically after a closed transport: with its next token, or to learn that this one has expired.
   */
  expire(): void {
    this.wire.flush();
    this.socket.conn.close();
  }

  /** Gives up a connection whose client no longer responds. */
  drop(): void {
    this.cut = true;
    this.wire.cut();
  }

  /**
   * Resolves when the reader's backlog is small enough for another answer.
   * @throws `unavailable` if the connection ends first
   */
  async untilRead(): Promise<void> {
    while (this.isBusy()) {
      if (!this.reads() || !this.socket.connected) throw problem('unavailable', { retryAfterMs: 1_000 });
      await sleep(DRAIN_CHECK_MS, undefined, { ref: false });
    }
  }

  /** True while the reader's backlog is too large for another answer. */
  isBusy(): boolean {
    return this.wire.isBusy();
  }

  /** Disconnects a reader that has received nothing since the last check, although data is pending. */
  checkProgress(): void {
    if (!this.cut && this.wire.isStalled()) this.endSlow();
  }

  /** False if the reader was disconnected, which happens here if its backlog is too large. */
  reads(): boolean {
    if (!this.cut && this.wire.isSlow()) this.endSlow();
    return !this.cut;
  }

  private endSlow(): void {
    this.options.onSlow();
    this.cut = true;
    this.wire.endWith(encode(toPacket('slow_consumer', {})));
  }
}
