import type { Message } from '@atrium/protocol';
import { AtriumError } from '../error.ts';
import type { UploadProgress } from '../http/files.ts';
import { randomId } from '../uuid.ts';
import type { PendingMessage, SendIntent } from './intent.ts';
import { Lanes } from './lanes.ts';
import type { IntentStorage } from './storage.ts';

export interface OutboxOptions {
  storage: IntentStorage;
  /** One delivery; may try several times itself. Throws AtriumError. */
  deliver(intent: SendIntent, signal: AbortSignal, onProgress: (progress: UploadProgress) => void): Promise<Message>;
  /** True if the message is already in the state. */
  isShown(message: Message): boolean;
  onChange(pending: readonly PendingMessage[]): void;
  onError(error: unknown): void;
  random: () => number;
}

interface Waiter {
  resolve(message: Message): void;
  reject(error: unknown): void;
}

/**
 * Sends messages reliably: each is stored first and retried until the server answers, one after another within a
 * conversation, always with the same id.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #lanes: Lanes<PendingMessage>;
  readonly #waiters = new Map<string, Waiter>();
  /** Stops uploads of discarded messages. */
  readonly #aborts = new Map<string, AbortController>();
  #pending: readonly PendingMessage[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { onError, random } = options;
    this.#lanes = new Lanes({
      next: (lane) => this.#pending.find((intent) => intent.status === 'sending' && targetOf(intent) === lane),
      deliver: (pending, signal) => this.#deliver(pending, signal),
      refused: ({ clientMessageId }, error) => this.#refused(clientMessageId, error),
      onError,
      random,
    });
  }

  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  /** Loads the messages that an earlier run has stored. */
  async restore(): Promise<void> {
    const known = new Set(this.#pending.map(({ clientMessageId }) => clientMessageId));
    const stored = (await this.#options.storage.load()).filter(({ clientMessageId }) => !known.has(clientMessageId));
    if (stored.length === 0) return;
    const left = stored.map((intent) => ({
      ...intent,
      status: intent.problem ? ('failed' as const) : ('sending' as const),
    }));
    this.#set([...left, ...this.#pending].sort((one, other) => one.createdAt - other.createdAt));
    for (const intent of left) this.#lanes.start(targetOf(intent));
  }

  /** Shows it as pending immediately. @returns the accepted message; rejects if it is finally refused */
  async add(intent: SendIntent): Promise<Message> {
    this.#set([...this.#pending, { ...intent, status: 'sending' }]);
    const sent = new Promise<Message>((resolve, reject) => {
      this.#waiters.set(intent.clientMessageId, { resolve, reject });
    });
    await this.#keep(intent);
    this.#lanes.start(targetOf(intent));
    return sent;
  }

  /** Sends a refused message again, with the same id. */
  async retry(clientMessageId: string): Promise<void> {
    const failed = this.#find(clientMessageId);
    if (failed?.status !== 'failed') return;
    const { problem: _, status: __, message: ___, progress: ____, ...intent } = failed;
    this.#replace(clientMessageId, { ...intent, status: 'sending' });
    await this.#keep(intent);
    this.#lanes.start(targetOf(intent));
  }

  /** Discards a message. If the server already has it, it stays there. */
  async discard(clientMessageId: string): Promise<void> {
    const intent = this.#find(clientMessageId);
    if (!intent) return;
    this.#remove(clientMessageId);
    this.#aborts.get(clientMessageId)?.abort();
    this.#waiters.get(clientMessageId)?.reject(new AtriumError('aborted', 'The message was discarded'));
    this.#waiters.delete(clientMessageId);
    await this.#forget(clientMessageId);
  }

  /** A message of the user arrived by the stream: it is shown from the state from now on. */
  confirm(message: Message): void {
    const pending = this.#find(message.clientMessageId);
    if (!pending) return;
    if (isOther(pending, message)) {
      void this.#renew(pending);
      return;
    }
    this.#remove(message.clientMessageId);
    this.#delivered(message);
  }

  /** Removes messages that have arrived by the stream. */
  settle(): void {
    const left = this.#pending.filter(({ message }) => !(message && this.#options.isShown(message)));
    if (left.length < this.#pending.length) this.#set(left);
  }

  /** Deletes everything, including the storage: the user has signed out. */
  async clear(): Promise<void> {
    const ids = this.#pending.map(({ clientMessageId }) => clientMessageId);
    await Promise.all(ids.map((id) => this.discard(id)));
  }

  close(): void {
    this.#lanes.close();
    for (const { reject } of this.#waiters.values()) reject(new AtriumError('closed', 'The client is closed'));
    this.#waiters.clear();
  }

  async #deliver(pending: PendingMessage, closing: AbortSignal): Promise<void> {
    const { problem: _, status: __, message: ___, progress: ____, ...intent } = pending;
    const { clientMessageId } = intent;
    const abort = new AbortController();
    this.#aborts.set(clientMessageId, abort);
    try {
      const signal = AbortSignal.any([closing, abort.signal]);
      const onProgress = (progress: UploadProgress) => this.#change(clientMessageId, { progress });
      this.#accepted(await this.#options.deliver(intent, signal, onProgress));
    } finally {
      this.#aborts.delete(clientMessageId);
    }
  }

  #accepted(message: Message): void {
    // Discarded in the meantime, or the event arrived before the answer.
    if (!this.#find(message.clientMessageId)) return;
    if (this.#options.isShown(message)) this.#remove(message.clientMessageId);
    else this.#change(message.clientMessageId, { status: 'sent', message });
    this.#delivered(message);
  }

  #delivered(message: Message): void {
    this.#waiters.get(message.clientMessageId)?.resolve(message);
    this.#waiters.delete(message.clientMessageId);
    void this.#forget(message.clientMessageId);
  }

  async #refused(clientMessageId: string, error: unknown): Promise<void> {
    const intent = this.#find(clientMessageId);
    if (!intent) return;
    const problem = error instanceof AtriumError ? error.problem : undefined;
    if (intent.clearDraft && problem?.code === 'idempotency_mismatch') return this.#renew(intent);
    const { status: _, message: __, progress: ___, ...plain } = intent;
    const refused = problem ? { ...plain, problem } : plain;
    this.#replace(clientMessageId, { ...refused, status: 'failed' });
    this.#waiters.get(clientMessageId)?.reject(error);
    this.#waiters.delete(clientMessageId);
    await this.#keep(refused);
  }

  /** Another device has sent the same draft with another text: this becomes a separate message, without a draft. */
  async #renew(pending: PendingMessage): Promise<void> {
    const {
      clearDraft: _,
      message: __,
      problem: ___,
      status: ____,
      progress: _____,
      clientMessageId: taken,
      ...rest
    } = pending;
    const intent = { ...rest, clientMessageId: randomId() };
    this.#replace(taken, { ...intent, status: 'sending' });
    const waiter = this.#waiters.get(taken);
    if (waiter) this.#waiters.set(intent.clientMessageId, waiter);
    this.#waiters.delete(taken);
    await this.#keep(intent);
    await this.#forget(taken);
    this.#lanes.start(targetOf(intent));
  }

  async #keep(intent: SendIntent): Promise<void> {
    // A full disk must not prevent a message from being sent.
    await this.#options.storage.put(intent).catch((error: unknown) => this.#options.onError(error));
  }

  async #forget(clientMessageId: string): Promise<void> {
    await this.#options.storage.remove(clientMessageId).catch((error: unknown) => this.#options.onError(error));
  }

  #find(clientMessageId: string): PendingMessage | undefined {
    return this.#pending.find((intent) => intent.clientMessageId === clientMessageId);
  }

  #change(clientMessageId: string, change: Partial<PendingMessage>): void {
    this.#set(this.#pending.map((each) => (each.clientMessageId === clientMessageId ? { ...each, ...change } : each)));
  }

  #replace(clientMessageId: string, by: PendingMessage): void {
    this.#set(this.#pending.map((each) => (each.clientMessageId === clientMessageId ? by : each)));
  }

  #remove(clientMessageId: string): void {
    this.#set(this.#pending.filter((each) => each.clientMessageId !== clientMessageId));
  }

  #set(pending: readonly PendingMessage[]): void {
    this.#pending = pending;
    this.#options.onChange(pending);
  }
}

/** The lane of a message: messages to one conversation, or to one person, keep their order. */
function targetOf({ conversationId, toUserId }: SendIntent): string {
  return conversationId ?? `user:${toUserId}`;
}

/**
 * Devices share drafts and the ids of their messages, so another device may have sent an edited version of this one.
 */
function isOther({ clearDraft, content }: SendIntent, message: Message): boolean {
  return clearDraft === true && !message.editedAt && !message.deletedAt && message.content !== content;
}
