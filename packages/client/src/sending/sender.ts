import type { Message } from '@atrium/protocol';
import { systemNow } from '../clock.ts';
import { threadOf } from '../state/chat/threads.ts';
import type { LiveState } from '../state/live-state.ts';
import { randomId } from '../uuid.ts';
import { type DraftInput, Drafts } from './drafts.ts';
import type { PendingMessage, SendOptions } from './intent.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';
import type { IntentStorage } from './storage.ts';

/** The recipient of a message: the id of a conversation, or a user. */
export type SendTarget = string | { toUserId: string };

export interface SenderOptions {
  storage: IntentStorage;
  /** The current state. */
  state(): LiveState;
  /** One delivery; may try several times itself. Throws AtriumError. */
  deliver: OutboxOptions['deliver'];
  keepDraft(draft: DraftInput): Promise<unknown>;
  /** True if the message is already in the state. */
  isShown(message: Message): boolean;
  onChange(): void;
  onError(error: unknown): void;
  /** In [0, 1); for the jitter of waits. */
  random: () => number;
}

/** Sends drafts and the messages that they become, so that no text is shown as both. */
export class Sender {
  readonly #state: () => LiveState;
  readonly #outbox: Outbox;
  readonly #drafts: Drafts;

  constructor({ keepDraft, state, ...options }: SenderOptions) {
    this.#state = state;
    this.#outbox = new Outbox(options);
    this.#drafts = new Drafts(keepDraft, (conversationId, threadId) => this.#draftShown(conversationId, threadId));
    this.#outbox.restore().catch(options.onError);
  }

  /** My messages that are not in the stream yet, oldest first. */
  get pending(): readonly PendingMessage[] {
    return this.#outbox.pending;
  }

  /** @returns the accepted message; need not be awaited */
  send(target: SendTarget, content: string, options: SendOptions): Promise<Message> {
    const to = typeof target === 'string' ? { conversationId: target } : target;
    const wasDraft = options.clearDraft && typeof target === 'string';
    const clientMessageId = wasDraft
      ? this.#drafts.take(target, threadOf(this.#state(), target, options.replyTo))
      : randomId();
    const sent = this.#outbox.add({ clientMessageId, ...to, content, ...options, createdAt: systemNow() });
    // Callers that do not await it find the refusal in the state.
    sent.catch(() => undefined);
    return sent;
  }

  /** Resolves when this or newer content is saved. */
  keepDraft(conversationId: string, content: string, threadId?: string): Promise<void> {
    return this.#drafts.set(conversationId, content, threadId);
  }

  /** Sends a refused message again. */
  retry(clientMessageId: string): Promise<void> {
    return this.#outbox.retry(clientMessageId);
  }

  /** Discards a message that is not sent yet. */
  discard(clientMessageId: string): Promise<void> {
    return this.#outbox.discard(clientMessageId);
  }

  /** A message of the user arrived by the stream, sent in any session. */
  arrived(message: Message): void {
    this.#outbox.confirm(message);
    this.#drafts.sent(message.clientMessageId, message.content);
  }

  /** The state has changed: messages that have arrived are no longer pending. */
  settle(): void {
    this.#outbox.settle();
  }

  /** The state was replaced by a snapshot. */
  reset(): void {
    this.#drafts.shownAfresh();
    this.#outbox.settle();
  }

  /** Deletes everything, including the storage: the user has signed out. */
  async clear(): Promise<void> {
    this.#drafts.clear();
    await this.#outbox.clear();
  }

  /** Stops sending. Unsent messages stay in the storage. */
  close(): void {
    this.#outbox.close();
  }

  /** The draft of a message in the outbox is not shown. */
  #draftShown(conversationId: string, threadId = ''): string | undefined {
    const sendAs = this.#state().conversations[conversationId]?.drafts[threadId]?.sendAs ?? undefined;
    return this.#outbox.pending.some(({ clientMessageId }) => clientMessageId === sendAs) ? undefined : sendAs;
  }
}
