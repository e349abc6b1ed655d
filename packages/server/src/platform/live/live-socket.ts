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

/** Whoever was signed out is gone within a second; commands under way have half of it. */
const LAST_ANSWERS_MS = 500;
/** How often it is looked whether a reader has caught up. */
const DRAIN_CHECK_MS = 20;

/** What a connection tells its surroundings. */
export interface LiveSocketOptions {
  /** Only for tests: loses, doubles or swaps what would be delivered. */
  tamper?: ((events: readonly LiveEvent[]) => readonly LiveEvent[]) | undefined;
  /** What may wait for the reader before it is cut. */
  patience?: Backlog | undefined;
  /** What waits for this person on all connections. */
  unread: UnreadBytes;
  onSlow(): void;
}

/** One open connection: follows streams, and gets what they carry as soon as the gate is open. */
export class LiveSocket implements Follower {
  readonly socket: Socket;
  readonly commands = new CommandQueue();
  actor: UserActor;
  private readonly options: LiveSocketOptions;
  private readonly wire: Wire;
  private held: (readonly LiveEvent[])[] | undefined = [];
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
   * Lets through what came while the connection was being set up, and everything from now on.
   * @param followed the streams that it follows: of others, which it has left since, nothing is for it any more
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
    if (!this.reads()) return;
    const last = events.at(-1)?.meta;
    if (last) this.fresh.set(last.stream, last.seq);
    const given = this.options.tamper ? this.options.tamper(events) : events;
    const mine = viewFor(this.userId, given);
    if (mine.length > 0) this.wire.send(mine === given ? encodeEvents(mine) : encodeView(mine));
  }

  /** Sends something that may be lost. */
  emitVolatile(encoded: Encoded): void {
    if (this.held !== undefined || this.cut || this.wire.isBusy()) return;
    this.wire.send(encoded);
  }

  /** Sends to this connection alone. */
  emit<Type extends EventType>(type: Type, data: EventData[Type]): void {
    if (this.reads()) this.wire.send(encode(toPacket(type, data)));
  }

  /** Streams that carried something since this was last asked, with where they stood. */
  takeFresh(): Record<string, number> {
    const heads = Object.fromEntries(this.fresh);
    this.fresh.clear();
    return heads;
  }

  /** Takes no more commands, answers those under way, such as the one that signed out, and closes. Soon in any case. */
  async leave(): Promise<void> {
    await Promise.race([this.commands.close(), sleep(LAST_ANSWERS_MS, undefined, { ref: false })]);
    // In this turn the last answers are given, and the event that says why is delivered.
    await nextTurn();
    this.disconnect();
  }

  disconnect(): void {
    this.wire.flush();
    this.socket.disconnect(true);
  }

  /** Gives up a connection at whose other end nobody listens any more. */
  drop(): void {
    this.cut = true;
    this.wire.cut();
  }

  /**
   * Resolves when little enough waits for the reader that an answer may be added.
   * @throws `unavailable` when the connection ends before
   */
  async untilRead(): Promise<void> {
    while (this.isBusy()) {
      if (!this.reads() || !this.socket.connected) throw problem('unavailable', { retryAfterMs: 1_000 });
      await sleep(DRAIN_CHECK_MS, undefined, { ref: false });
    }
  }

  /** True while so much waits for the reader that no answer should be added. */
  isBusy(): boolean {
    return this.wire.isBusy();
  }

  /** Cuts a reader that has taken nothing since this was last asked, although something waits. */
  checkProgress(): void {
    if (!this.cut && this.wire.isStalled()) this.endSlow();
  }

  /** False when the reader has been cut, which happens here when it has let too much wait. */
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
