import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type DurableType,
  type EventData,
  type Message,
  type Problem,
  type ProblemCode,
  problems,
  type Snapshot,
  type SyncPage,
} from '@atrium/protocol';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { type LiveEvent, type LiveState, replay } from '../src/index.ts';
import { AT, ann, event, message, ofConversation, snapshot, uuid } from './fixtures.ts';

type Ack = (answer: unknown) => void;
type Stream = LiveEvent['meta']['stream'];

const PAGE = 20;

/**
 * The live side of a server in miniature: it keeps a log and answers from it, truthfully. What it sends by itself goes
 * through `tamper`, which may lose, double or reorder it.
 */
export class LiveTestServer {
  epoch = 'one';
  protocol = 1;
  /** Whom it takes every client for. */
  userId = ann.id;
  /** Events below are no longer in the log. */
  floor = 0;
  streams: Stream[];
  tamper: (deliver: (event: LiveEvent) => void, event: LiveEvent) => void = (deliver, each) => deliver(each);
  /** Decides who may connect; undefined: everyone. */
  admit: ((token: unknown) => Problem | undefined) | undefined;
  /** Called before a command is answered; `silent`: never answer. */
  intercept: ((event: string, input: unknown) => 'silent' | Problem | undefined) | undefined;
  /** Names of everything that clients asked, in order. */
  readonly asked: string[] = [];
  readonly tokens: unknown[] = [];
  readonly #start: Snapshot;
  readonly #log: LiveEvent[] = [];
  readonly #messages = new Map<string, Message>();
  readonly #http = createServer();
  readonly io: Server;

  private constructor(start: Snapshot, options: Partial<ServerOptions>) {
    this.#start = start;
    this.streams = Object.keys(start.asOf) as Stream[];
    this.io = new Server(this.#http, { serveClient: false, ...options });
    this.io.use((socket, next) => {
      const { token } = socket.handshake.auth as { token?: unknown };
      this.tokens.push(token);
      const refusal = this.admit?.(token);
      next(refusal && Object.assign(new Error(refusal.code), { data: refusal }));
    });
    this.io.on('connection', (socket) => this.#connected(socket));
  }

  static async start(start: Snapshot = snapshot(), options: Partial<ServerOptions> = {}): Promise<LiveTestServer> {
    const server = new LiveTestServer(start, options);
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  get log(): readonly LiveEvent[] {
    return this.#log;
  }

  head(stream: Stream): number {
    return Math.max(this.#start.asOf[stream] ?? 0, ...this.#of(stream).map(({ meta }) => meta.seq));
  }

  heads(): Record<string, number> {
    return Object.fromEntries(this.streams.map((stream) => [stream, this.head(stream)]));
  }

  /** Adds an event and sends it. */
  append<Type extends DurableType>(stream: Stream, type: Type, data: EventData[Type]): number {
    const added = event(stream, this.head(stream) + 1, type, data);
    this.#log.push(added);
    this.tamper((each) => this.io.emit(each.type, each.data, each.meta), added);
    return added.meta.seq;
  }

  /** Somebody says something. */
  say(senderId: string, change: Partial<Message> = {}): Message {
    const said = message(this.head(ofConversation) + 1, senderId, change);
    this.append(ofConversation, 'message:receive', said);
    return said;
  }

  /** Forgets what came after a position of every stream, as a restored backup does. */
  restore(epoch: string, keep: number): void {
    this.epoch = epoch;
    this.#log.splice(0, this.#log.length, ...this.#log.filter(({ meta }) => meta.seq <= keep));
  }

  /** The state that a fresh client would get. */
  state(): LiveState {
    return replay(this.#start, this.#log);
  }

  cut(): void {
    for (const socket of this.io.of('/').sockets.values()) socket.conn.close();
  }

  async close(): Promise<void> {
    await this.io.close();
  }

  #of(stream: string): LiveEvent[] {
    return this.#log.filter(({ meta }) => meta.stream === stream);
  }

  #connected(socket: Socket): void {
    const { epoch, protocol } = this;
    const hello = { protocol, epoch, serverTime: AT, userId: this.userId, sessionId: uuid(7), heads: this.heads() };
    socket.emit('hello', hello);
    socket.onAny((name: string, input: Record<string, unknown>, ack: Ack) => {
      const asked = name === 'op' ? String(input.name) : name;
      this.asked.push(asked);
      const intercepted = this.intercept?.(asked, input);
      if (intercepted === 'silent') return;
      ack(intercepted ? { ok: false, error: intercepted } : { ok: true, data: this.#answer(asked, input) });
    });
  }

  #answer(name: string, input: Record<string, unknown>): unknown {
    if (name === 'resume') return this.#page(input.since as Record<string, number>, input.epoch === this.epoch);
    if (name === 'sync') return this.#page({ [String(input.stream)]: Number(input.after) }, true);
    if (name === 'streams.snapshot') return this.#snapshot();
    if (name === 'message:send') return this.send(input as { clientMessageId: string; content: string });
    return {};
  }

  /** Carries a send out, once for each id. */
  send({ clientMessageId, content }: { clientMessageId: string; content: string }) {
    const known = this.#messages.get(clientMessageId);
    if (known) return { message: known, duplicate: true };
    const said = this.say(ann.id, { clientMessageId, content });
    this.#messages.set(clientMessageId, said);
    return { message: said, duplicate: false };
  }

  #page(since: Record<string, number>, sameEpoch: boolean): SyncPage {
    const known = Object.entries(since).filter(([stream, after]) => {
      const head = this.head(stream as Stream);
      return sameEpoch && this.streams.includes(stream as Stream) && after <= head && after >= this.floor;
    });
    const events = known.flatMap(([stream, after]) => this.#of(stream).filter(({ meta }) => meta.seq > after));
    const ids = new Set(known.map(([stream]) => stream));
    return {
      events: events.slice(0, PAGE) as SyncPage['events'],
      heads: Object.fromEntries(known.map(([stream]) => [stream, this.head(stream as Stream)])),
      more: events.length > PAGE,
      reset: Object.keys(since).filter((stream) => !ids.has(stream)),
    };
  }

  #snapshot(): Snapshot {
    const state = this.state();
    const { conversations, forgotten, labels, me, tasks, workspaces } = state;
    return {
      // Parts that no test changes stay as they were at the start.
      ...this.#start,
      epoch: this.epoch,
      asOf: this.heads(),
      me: me ?? this.#start.me,
      workspaces: Object.values(workspaces).map((each) => ({ ...each, members: Object.values(each.members) })),
      conversations: Object.values(conversations)
        .filter(({ id }) => this.streams.includes(`conversation:${id}`))
        .map((each) => ({
          ...each,
          members: Object.values(each.members),
          receipts: Object.values(each.receipts),
          threads: Object.values(each.threads),
          drafts: Object.values(each.drafts),
        })),
      tasks: Object.values(tasks),
      labels: Object.values(labels),
      timers: { forgotten: Object.values(forgotten) },
      notifications: {
        unread: state.unreadNotifications,
        preferences: state.notificationPreferences ?? this.#start.notifications.preferences,
        conversations: Object.values(state.conversationNotifications),
      },
      desks: Object.values(state.desks).map((desk) => ({ ...desk, orders: Object.values(desk.orders) })),
      orders: Object.values(state.myOrders),
    };
  }
}

/** A problem as it travels. */
export function problem(code: ProblemCode, details: Partial<Problem> = {}): Problem {
  const { status, title } = problems[code];
  return { type: `urn:atrium:problem:${code}`, title, status, code, ...details };
}
