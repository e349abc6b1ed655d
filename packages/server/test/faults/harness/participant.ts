import { type AtriumClient, AtriumError, createClient, type Message, type SendOptions } from '@atrium/client';
import type { Entry, View } from './checkers.ts';
import type { History } from './history.ts';
import type { Member } from './people.ts';
import type { Random } from './random.ts';

export interface ParticipantOptions {
  /** A unique name: `ann/1`. */
  name: string;
  url: string;
  member: Pick<Member, 'userId' | 'token'>;
  history: History;
  random: Random;
  /** Whether it sends receipts; true unless given. */
  deliveredReceipts?: boolean;
}

/** A client as users run it, with the SDK, that records what it does and gets. */
export class Participant {
  readonly name: string;
  readonly userId: string;
  readonly client: AtriumClient;
  /** How often the state was reloaded, after the first time. */
  resets = -1;
  /** When the connection was last lost, and last restored; performance.now(). */
  lostAt = 0;
  onlineAt = 0;
  readonly errors: unknown[] = [];
  readonly #history: History;
  readonly #seen = new Map<string, Entry[]>();
  #counter = 0;

  constructor({ name, url, member, history, random, deliveredReceipts = true }: ParticipantOptions) {
    this.name = name;
    this.userId = member.userId;
    this.#history = history;
    this.client = createClient({ url, token: member.token, random, deliveredReceipts });
    this.client.on('event', ({ type, data, meta }) => {
      const seen = this.#seen.get(meta.stream) ?? [];
      this.#seen.set(meta.stream, seen);
      seen.push({ seq: meta.seq, type, ref: refOf(type, data) });
    });
    this.client.on('reset', () => {
      this.resets += 1;
    });
    this.client.on('status', ({ status }) => {
      if (status === 'online') this.onlineAt = performance.now();
      else if (this.client.live.status === 'connecting') this.lostAt = performance.now();
    });
    this.client.on('error', (error) => this.errors.push(error));
  }

  /**
   * Sends a message that contains its own name. Never rejects: the history has the outcome. @param padding begins with
   * `~`
   */
  async say(conversationId: string, padding = '', options: SendOptions = {}): Promise<Message | undefined> {
    this.#counter += 1;
    const op = `${this.name} #${this.#counter}`;
    const { name: client, userId } = this;
    this.#history.add({ kind: 'invoke', client, op, userId, conversationId });
    try {
      const message = await this.client.send(conversationId, op + padding, options);
      this.#history.add({ kind: 'ok', client, op, seq: message.seq });
      return message;
    } catch (error) {
      // Only an answer of the server says that it did not happen.
      const refused = error instanceof AtriumError && error.problem !== undefined;
      this.#history.add(refused ? { kind: 'fail', client, op, code: error.code } : { kind: 'unknown', client, op });
      return undefined;
    }
  }

  /** What it got of a stream after `after`, the position at which it started. */
  view(stream: string, after: number): View {
    const seen = (this.#seen.get(stream) ?? []).filter(({ seq }) => seq > after);
    return { client: this.name, userId: this.userId, stream, after, seen };
  }

  /** The streams of which it got events. */
  get streams(): string[] {
    return [...this.#seen.keys()];
  }

  /** The last number that it got. */
  position(stream: string): number {
    return this.#seen.get(stream)?.at(-1)?.seq ?? 0;
  }

  close(): void {
    this.client.close();
  }
}

/** Distinguishes events of one type by their message. */
export function refOf(type: string, data: object): string {
  const { id, messageId } = data as { id?: string; messageId?: string };
  return messageId ?? (type.startsWith('message:') ? id : undefined) ?? '';
}
