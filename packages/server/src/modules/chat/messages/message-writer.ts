import type { Message } from '@atrium/protocol';
import {
  type Database,
  isRetryable,
  isStorageFull,
  isUnavailable,
  isUniqueViolation,
} from '../../../platform/database/index.ts';
import { problem, type Transact } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import {
  BLOCKED,
  type CommittedEvent,
  GroupCommit,
  type Publish,
  writeInHalves,
} from '../../../platform/stream/index.ts';
import { sentBefore } from '../rows/message-store.ts';
import { presentMessage } from '../rows/present.ts';
import type { MessageRow } from '../rows/tables.ts';
import type { ConversationCache } from './conversation-cache.ts';
import type { CachedConversation } from './conversation-cache-store.ts';
import { type MessageDraft, type Placed, writeMessages } from './message-writer-store.ts';
import { type ToldDraft, writeTold } from './told-writer.ts';

/** What someone wants to send. */
export type Outgoing = Pick<
  MessageDraft,
  'conversationId' | 'senderId' | 'clientMessageId' | 'type' | 'content' | 'replyTo' | 'via'
> & {
  /** Files that become part of it; only the linked writer takes them. */
  attachmentIds?: readonly string[];
};

export interface Sent {
  message: Message;
  /** It had been sent before: the message is the one from then. */
  duplicate: boolean;
}

type Written = Sent | 'stale' | Error | typeof BLOCKED;
/** Writes drafts that are new; those without a place have not been written. */
type Write = (drafts: readonly ToldDraft[], options: { waits: boolean }) => Promise<Placed[]>;

/** Decides whether the sender may send to the conversation; throws the refusal. */
export type MaySend = (conversation: CachedConversation | undefined, outgoing: Outgoing) => void | Promise<void>;

/** Counts against what a conversation takes; throws `rate_limited`. */
export type CountMessage = (conversationId: string) => Promise<void>;

/** A write costs the database the same for one message as for a few: under load it waits this long for the few. */
const PACE_MS = 3;
/** Each try recognises what stood in the way of the last one, or reads the conversation afresh. */
const MOST_TRIES = 5;

/** Writes messages: one statement for all that arrived while the last one was under way. */
export class MessageWriter {
  private readonly conversations: ConversationCache;
  private readonly maySend: MaySend;
  private readonly count: CountMessage;
  private readonly database: Pick<Database, 'db'>;
  private readonly publish: Publish;
  private readonly writes: GroupCommit<ToldDraft, Sent | 'stale'>;
  /** Messages of which other modules are told take longer: the others do not wait for them. */
  private readonly toldWrites: GroupCommit<ToldDraft, Sent | 'stale'>;
  private readonly underWay = new Map<string, Promise<Sent>>();

  constructor(deps: {
    conversations: ConversationCache;
    maySend: MaySend;
    count: CountMessage;
    database: Pick<Database, 'pool' | 'db'>;
    publish: Publish;
    transact: Transact;
  }) {
    this.conversations = deps.conversations;
    this.maySend = deps.maySend;
    this.count = deps.count;
    this.database = deps.database;
    this.publish = deps.publish;
    this.writes = this.group((drafts, options) => writeMessages(deps.database.pool, drafts, options));
    this.toldWrites = this.group((drafts, options) => writeTold(deps.transact, drafts, options));
  }

  private group(write: Write): GroupCommit<ToldDraft, Sent | 'stale'> {
    return new GroupCommit({
      keyOf: (draft) => draft.conversationId,
      paceMs: PACE_MS,
      flush: (drafts, alone) => this.flush(write, drafts, alone),
    });
  }

  /**
   * Resolves when the message is durable; in the next turn its readers on this node are told.
   * @throws what maySend throws; `idempotency_mismatch` when the same clientMessageId was sent with something else
   */
  async send(outgoing: Outgoing): Promise<Sent> {
    const intent = intentOf(outgoing);
    // A client that asks twice at once shares one write; a batch never holds the same intent twice.
    const earlier = this.underWay.get(intent);
    if (earlier !== undefined) {
      const sent = await earlier;
      refuseOther(outgoing, sent.message);
      return { ...sent, duplicate: true };
    }
    const writing = this.write(outgoing);
    this.underWay.set(intent, writing);
    try {
      return await writing;
    } finally {
      this.underWay.delete(intent);
    }
  }

  /** Its writes so far, and the items in them. */
  get totals(): { readonly writes: number; readonly items: number } {
    return this.writes.totals;
  }

  /** Resolves when everything under way is written and told. */
  async drain(): Promise<void> {
    await Promise.all([this.writes.drain(), this.toldWrites.drain()]);
    await new Promise((resolve) => setImmediate(resolve));
  }

  private async write(outgoing: Outgoing): Promise<Sent> {
    let conversation = await this.admit(await this.conversations.get(outgoing.conversationId), outgoing);
    // Only now: whoever is not in the conversation must not use up what it takes.
    await this.count(outgoing.conversationId);
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const writes = conversation.isTold ? this.toldWrites : this.writes;
      const { audienceSeq } = conversation;
      const sent = await writes.add({ ...outgoing, id: newId(), audienceSeq, conversation });
      if (sent !== 'stale') {
        if (sent.duplicate) refuseOther(outgoing, sent.message);
        return sent;
      }
      conversation = await this.admit(await this.conversations.reload(outgoing.conversationId), outgoing);
    }
    throw problem('unavailable', { retryAfterMs: 500 });
  }

  /** A refusal from memory may be out of date, so it is only final when the conversation has been read afresh. */
  private async admit(remembered: CachedConversation | undefined, outgoing: Outgoing): Promise<CachedConversation> {
    try {
      await this.maySend(remembered, outgoing);
      if (remembered !== undefined) return remembered;
    } catch {
      // Looked at again below.
    }
    const conversation = await this.conversations.reload(outgoing.conversationId);
    await this.maySend(conversation, outgoing);
    if (conversation === undefined) throw problem('not_found');
    return conversation;
  }

  /** Writes all together, past streams that are locked unless these are alone. */
  private flush(write: Write, drafts: readonly ToldDraft[], alone: boolean): Promise<Written[]> {
    return writeInHalves<ToldDraft, Sent | 'stale'>(drafts, {
      keyOf: ({ conversationId }) => conversationId,
      write: (some) => this.writeTogether(write, some, alone),
      isOfOne,
    });
  }

  private async writeTogether(write: Write, drafts: readonly ToldDraft[], alone: boolean): Promise<Written[]> {
    const { placed, before } = await this.writeNew(write, drafts, alone);
    const places = new Map(placed.map((place) => [place.id, place]));
    const written: CommittedEvent[] = [];
    const results = drafts.map((draft): Written => {
      const earlier = before.get(intentOf(draft));
      if (earlier !== undefined) return { message: presentMessage(earlier), duplicate: true };
      const place = places.get(draft.id);
      // Whether it was a lock or a changed audience shows when it is written alone.
      if (place === undefined) return alone ? 'stale' : BLOCKED;
      const message = toMessage(draft, place);
      written.push(toCommittedEvent(message, place.createdAt));
      return { message, duplicate: false };
    });
    // Who has sent it is answered first, then it is told.
    setImmediate(() => this.publish(written));
    return results;
  }

  /** Writes the drafts that are new. Looking for earlier ones is left until one is in the way: that is rare. */
  private async writeNew(
    write: Write,
    drafts: readonly ToldDraft[],
    waits: boolean,
  ): Promise<{ placed: Placed[]; before: Map<string, MessageRow> }> {
    const before = new Map<string, MessageRow>();
    for (let attempt = 1; ; attempt++) {
      const fresh = before.size === 0 ? drafts : drafts.filter((draft) => !before.has(intentOf(draft)));
      try {
        return { placed: fresh.length === 0 ? [] : await write(fresh, { waits }), before };
      } catch (error) {
        // Whom a deadlock has thrown out follows the one who was let through.
        if (attempt >= MOST_TRIES || !(isUniqueViolation(error) || isRetryable(error))) throw error;
      }
      for (const row of await sentBefore(this.database.db, fresh)) before.set(intentOf(toIntent(row)), row);
    }
  }
}

/** False for what would have stopped any message: the database is away, busy or full, or others keep getting in first. */
function isOfOne(error: unknown): boolean {
  return !(isUnavailable(error) || isRetryable(error) || isStorageFull(error) || isUniqueViolation(error));
}

type Intent = Pick<Outgoing, 'conversationId' | 'senderId' | 'clientMessageId'>;

function intentOf({ conversationId, senderId, clientMessageId }: Intent): string {
  return `${conversationId}/${senderId}/${clientMessageId}`;
}

function toIntent(row: MessageRow): Intent {
  return { conversationId: row.conversation_id, senderId: row.sender_id, clientMessageId: row.client_message_id };
}

/** Throws `idempotency_mismatch` when the message that was sent before under the same intent is another one. */
export function refuseOther(outgoing: Outgoing, message: Message): void {
  const { attachmentIds = [], content, replyTo, type } = outgoing;
  const has = message.attachments ?? [];
  // A file may have been deleted since; the type follows the files.
  const sameFiles = has.every(({ id }) => attachmentIds.includes(id));
  const sameType = attachmentIds.length > 0 || message.type === type;
  const same = message.content === content && message.replyTo === replyTo && sameType && sameFiles;
  if (!same) throw problem('idempotency_mismatch');
}

function toMessage(draft: MessageDraft, { seq, createdAt }: Placed): Message {
  const { id, conversationId, senderId, clientMessageId, type, content, replyTo, via } = draft;
  return {
    id,
    conversationId,
    seq,
    senderId,
    clientMessageId,
    type,
    content,
    replyTo,
    createdAt: createdAt.toISOString(),
    version: 1,
    ...(via && { via }),
  };
}

function toCommittedEvent(message: Message, at: Date): CommittedEvent {
  return {
    stream: `conversation:${message.conversationId}`,
    seq: message.seq,
    type: 'message:receive',
    actorId: message.senderId,
    body: { messageId: message.id },
    at,
    data: message,
  };
}
