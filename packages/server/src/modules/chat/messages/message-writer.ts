import type { Message } from '@atrium/protocol';
import {
  type Database,
  isRetryable,
  isStorageFull,
  isUnavailable,
  isUniqueViolation,
} from '../../../platform/database/index.ts';
import { ProblemError, problem, type Transact } from '../../../platform/module/index.ts';
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
import { type MessageDraft, type Placed, type WriteOutcome, writeMessages } from './message-writer-store.ts';
import { type HookedDraft, writeWithHooks } from './write-with-hooks.ts';

/** A message that a user wants to send. */
export type Outgoing = Pick<
  MessageDraft,
  'conversationId' | 'senderId' | 'caller' | 'clientMessageId' | 'type' | 'content' | 'replyTo' | 'via'
> & {
  /** Files that become part of it; only the linked writer accepts them. */
  attachmentIds?: readonly string[];
};

export interface Sent {
  message: Message;
  /** True if it had been sent before: the message is the stored one. */
  duplicate: boolean;
}

type Written = Sent | 'stale' | Error | typeof BLOCKED;
/** Writes new drafts, unless one of their callers is refused. */
type Write = (drafts: readonly HookedDraft[], options: { waits: boolean }) => Promise<WriteOutcome>;

/** What became of drafts that were written together. */
interface Outcomes {
  placed: readonly Placed[];
  /** Messages that were sent before, by intent. */
  before: ReadonlyMap<string, MessageRow>;
  /** Drafts whose callers are refused. */
  refused: ReadonlySet<HookedDraft>;
}

/** Decides whether the sender may send to the conversation; throws a problem if not. */
export type MaySend = (conversation: CachedConversation | undefined, outgoing: Outgoing) => void | Promise<void>;

/** Counts against the rate limit of a conversation; throws `rate_limited`. */
export type CountMessage = (conversationId: string) => Promise<void>;

/** One message costs the database as much as a few: under load a write waits this long for more. */
const PACE_MS = 3;
/** Each attempt resolves what failed the last one, or reads the conversation again. */
const MOST_TRIES = 5;

/** Writes messages: one statement for all that arrived during the last one. */
export class MessageWriter {
  private readonly conversations: ConversationCache;
  private readonly maySend: MaySend;
  private readonly count: CountMessage;
  private readonly database: Pick<Database, 'db'>;
  private readonly publish: Publish;
  private readonly writes: GroupCommit<HookedDraft, Sent | 'stale'>;
  /** Messages that are reported to other modules take longer: the others do not wait for them. */
  private readonly toldWrites: GroupCommit<HookedDraft, Sent | 'stale'>;
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
    this.toldWrites = this.group((drafts, options) => writeWithHooks(deps.transact, drafts, options));
  }

  private group(write: Write): GroupCommit<HookedDraft, Sent | 'stale'> {
    return new GroupCommit({
      keyOf: (draft) => draft.conversationId,
      paceMs: PACE_MS,
      flush: (drafts, alone) => this.flush(write, drafts, alone),
    });
  }

  /**
   * Resolves when the message is durable; its readers on this node get it in the next turn of the event loop.
   * @throws what maySend throws; `invalid_token` if the caller is no longer signed in; `idempotency_mismatch` if the
   *   same clientMessageId was sent with other content
   */
  async send(outgoing: Outgoing): Promise<Sent> {
    const intent = intentOf(outgoing);
    // Parallel calls of a client share one write; a batch never contains the same message twice.
    for (let earlier = this.underWay.get(intent); earlier !== undefined; earlier = this.underWay.get(intent)) {
      const sent = await earlier.catch((error: unknown) => {
        // The call of another session of the sender, which has ended, says nothing about this one.
        if (isSignedOut(error)) return undefined;
        throw error;
      });
      if (sent === undefined) continue;
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

  /** The number of its writes so far, and of the items in them. */
  get totals(): { readonly writes: number; readonly items: number } {
    return this.writes.totals;
  }

  /** Resolves when all pending messages are written and emitted. */
  async drain(): Promise<void> {
    await Promise.all([this.writes.drain(), this.toldWrites.drain()]);
    await new Promise((resolve) => setImmediate(resolve));
  }

  private async write(outgoing: Outgoing): Promise<Sent> {
    let conversation = await this.admit(await this.conversations.get(outgoing.conversationId), outgoing);
    // Only now: non-members must not use up the limit of the conversation.
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

  /** A refusal based on the cache may be outdated, so it is final only after the conversation was read again. */
  private async admit(remembered: CachedConversation | undefined, outgoing: Outgoing): Promise<CachedConversation> {
    try {
      await this.maySend(remembered, outgoing);
      if (remembered !== undefined) return remembered;
    } catch {
      // Checked again below.
    }
    const conversation = await this.conversations.reload(outgoing.conversationId);
    await this.maySend(conversation, outgoing);
    if (conversation === undefined) throw problem('not_found');
    return conversation;
  }

  /** Writes all together, skipping locked streams unless these drafts are alone. */
  private flush(write: Write, drafts: readonly HookedDraft[], alone: boolean): Promise<Written[]> {
    return writeInHalves<HookedDraft, Sent | 'stale'>(drafts, {
      keyOf: ({ conversationId }) => conversationId,
      write: (some) => this.writeTogether(write, some, alone),
      isOfOne,
    });
  }

  private async writeTogether(write: Write, drafts: readonly HookedDraft[], alone: boolean): Promise<Written[]> {
    const { placed, before, refused } = await this.writeNew(write, drafts, alone);
    const places = new Map(placed.map((place) => [place.id, place]));
    const written: CommittedEvent[] = [];
    const results = drafts.map((draft): Written => {
      const earlier = before.get(intentOf(draft));
      if (earlier !== undefined) return { message: presentMessage(earlier), duplicate: true };
      // Whether the cause is a lock or a caller who is signed out is seen when it is written alone.
      if (refused.has(draft)) return alone ? problem('invalid_token') : BLOCKED;
      const place = places.get(draft.id);
      // Or a changed audience.
      if (place === undefined) return alone ? 'stale' : BLOCKED;
      const message = toMessage(draft, place);
      written.push(toCommittedEvent(message, place.createdAt));
      return { message, duplicate: false };
    });
    // The sender gets the answer first, then the event is emitted.
    setImmediate(() => this.publish(written));
    return results;
  }

  /** Writes new drafts. It looks for earlier ones only after a unique violation, which is rare. */
  private async writeNew(write: Write, drafts: readonly HookedDraft[], waits: boolean): Promise<Outcomes> {
    const before = new Map<string, MessageRow>();
    const refused = new Set<HookedDraft>();
    const isFresh = (draft: HookedDraft) => !refused.has(draft) && !before.has(intentOf(draft));
    let failures = 0;
    for (;;) {
      const fresh = before.size === 0 && refused.size === 0 ? drafts : drafts.filter(isFresh);
      if (fresh.length === 0) return { placed: [], before, refused };
      try {
        const outcome = await write(fresh, { waits });
        if (outcome.refused.size === 0) return { placed: outcome.placed, before, refused };
        // Nothing was written: the others follow without them.
        for (const draft of fresh) if (isRefused(draft, outcome)) refused.add(draft);
        continue;
      } catch (error) {
        failures += 1;
        // A draft that was aborted by a deadlock follows the transaction that succeeded.
        if (failures >= MOST_TRIES || !(isUniqueViolation(error) || isRetryable(error))) throw error;
      }
      for (const row of await sentBefore(this.database.db, fresh)) before.set(intentOf(toIntent(row)), row);
    }
  }
}

function isRefused({ caller }: MessageDraft, { refused }: WriteOutcome): boolean {
  return caller !== undefined && refused.has(caller.sessionId);
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'invalid_token';
}

/** False for errors that would affect any message: the database is down, busy or full, or there is contention. */
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

/** Throws `idempotency_mismatch` if the stored message with the same id has other content. */
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
