import type { Executor } from '../../../platform/database/index.ts';
import { type CachedConversation, readCachedConversation } from './conversation-cache-store.ts';

const MAX_CACHED = 10_000;

/**
 * This node's cache of conversations, so that sending needs no query beforehand. An outdated entry does no harm: every
 * write checks the conversation's audience_seq in the same statement.
 */
export class ConversationCache {
  private readonly db: Executor;
  private readonly conversations = new Map<string, Promise<CachedConversation | undefined>>();

  constructor(db: Executor) {
    this.db = db;
  }

  /** The conversation, from the cache if it is there; undefined if it does not exist. */
  get(conversationId: string): Promise<CachedConversation | undefined> {
    const remembered = this.conversations.get(conversationId);
    return remembered ?? this.reload(conversationId);
  }

  /** The conversation, read from the database. */
  reload(conversationId: string): Promise<CachedConversation | undefined> {
    const reading = readCachedConversation(this.db, conversationId);
    this.conversations.delete(conversationId);
    this.conversations.set(conversationId, reading);
    this.evictOldest();
    reading.then(
      (conversation) => {
        if (conversation === undefined) this.forget(conversationId, reading);
      },
      () => this.forget(conversationId, reading),
    );
    return reading;
  }

  private forget(conversationId: string, reading: Promise<unknown>): void {
    if (this.conversations.get(conversationId) === reading) this.conversations.delete(conversationId);
  }

  private evictOldest(): void {
    const [oldest] = this.conversations.keys();
    if (this.conversations.size > MAX_CACHED && oldest !== undefined) this.conversations.delete(oldest);
  }
}
