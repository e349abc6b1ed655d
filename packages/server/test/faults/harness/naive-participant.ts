import { io, type Socket } from 'socket.io-client';
import type { Entry, View } from './checkers.ts';
import type { History } from './history.ts';
import { refOf } from './participant.ts';
import type { Member } from './people.ts';

const ACK_WITHIN_MS = 2_000;

/**
 * The control for a participant: plain Socket.IO, which reconnects automatically, but repeats unacknowledged messages
 * with a new id, and accepts everything in the order of arrival.
 */
export class NaiveParticipant {
  readonly name: string;
  readonly userId: string;
  readonly #socket: Socket;
  readonly #history: History;
  readonly #seen = new Map<string, Entry[]>();
  #counter = 0;

  constructor(options: { name: string; url: string; member: Pick<Member, 'userId' | 'token'>; history: History }) {
    this.name = options.name;
    this.userId = options.member.userId;
    this.#history = options.history;
    this.#socket = io(options.url, {
      forceNew: true,
      transports: ['websocket'],
      auth: { token: options.member.token },
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
    });
    this.#socket.onAny((type: string, data: object, meta?: { stream: string; seq: number }) => {
      if (meta === undefined) return;
      const seen = this.#seen.get(meta.stream) ?? [];
      this.#seen.set(meta.stream, seen);
      seen.push({ seq: meta.seq, type, ref: refOf(type, data) });
    });
  }

  /** Resolves at the first hello. */
  connect(): Promise<void> {
    return new Promise((resolve) => this.#socket.once('hello', () => resolve()));
  }

  /** Sends until the message is acknowledged. */
  async say(conversationId: string): Promise<void> {
    this.#counter += 1;
    const op = `${this.name} #${this.#counter}`;
    const { name: client, userId } = this;
    this.#history.add({ kind: 'invoke', client, op, userId, conversationId });
    for (;;) {
      const seq = await this.#try({ conversationId, content: op, clientMessageId: crypto.randomUUID() });
      if (seq === undefined) continue;
      this.#history.add({ kind: 'ok', client, op, seq });
      return;
    }
  }

  view(stream: string, after: number): View {
    const seen = (this.#seen.get(stream) ?? []).filter(({ seq }) => seq > after);
    return { client: this.name, userId: this.userId, stream, after, seen };
  }

  close(): void {
    this.#socket.close();
  }

  async #try(message: object): Promise<number | undefined> {
    if (!this.#socket.connected) await new Promise<void>((resolve) => this.#socket.once('connect', () => resolve()));
    const cut = new Promise<undefined>((resolve) => this.#socket.once('disconnect', () => resolve(undefined)));
    const acked = this.#socket.timeout(ACK_WITHIN_MS).emitWithAck('message:send', message);
    const ack = await Promise.race([acked, cut]).catch(() => undefined);
    acked.catch(() => undefined);
    return (ack as { data?: { message: { seq: number } } } | undefined)?.data?.message.seq;
  }
}
