import { type Database, isUniqueViolation, type Transaction } from '../../../platform/database/index.ts';
import { problem, type Transact, type Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import {
  appendEvents,
  type CommittedEvent,
  type NewEvent,
  type Publish,
  type StoredEvent,
} from '../../../platform/stream/index.ts';
import { holdCaller } from '../../identity/index.ts';
import { claimFiles, typeWith } from '../attachments/claim.ts';
import { deleteDraft } from '../drafts/store.ts';
import type { ParsedMentions } from '../mentions/parse.ts';
import { type ResolvedMentions, resolveMentions } from '../mentions/resolve.ts';
import { insertMentions } from '../mentions/store.ts';
import { holdConversation } from '../rows/conversation-store.ts';
import { lockMessage, messagesById, sentBefore } from '../rows/message-store.ts';
import { lockPersonalItems } from '../rows/personal-lock-store.ts';
import { presentMessage } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import type { MessageRow } from '../rows/tables.ts';
import type { WrittenMessage } from '../rows/written-message.ts';
import { addReply, planReply } from '../threads/replies.ts';
import type { ConversationCache } from './conversation-cache.ts';
import { type CachedConversation, readCachedConversation } from './conversation-cache-store.ts';
import { eventsOf, withData, withThreadPositions } from './linked-writer-events.ts';
import { insertMessage, type LinkedMessageRow } from './linked-writer-store.ts';
import { type CountMessage, type MaySend, type Outgoing, refuseOther, type Sent } from './message-writer.ts';

/** A message that changes more than its conversation: a thread, mentions, a draft. */
export interface LinkedOutgoing extends Outgoing {
  mentioned: ParsedMentions | undefined;
  /** Deletes the sender's draft there. */
  clearDraft: boolean;
}

export interface LinkedWriterDeps {
  database: Pick<Database, 'db'>;
  publish: Publish;
  transact: Transact;
  conversations: Pick<ConversationCache, 'reload'>;
  maySend: MaySend;
  count: CountMessage;
  /** Whether a user is connected, for @here. */
  isHere(userId: string): boolean;
}

const MOST_TRIES = 5;

/**
 * Writes messages that are part of a thread, mention people or were drafts, each in its own transaction: the message,
 * all related rows and all events. Plain messages, which are the majority, use MessageWriter instead.
 */
export function createLinkedWriter(deps: LinkedWriterDeps): (outgoing: LinkedOutgoing) => Promise<Sent> {
  const { database, conversations, maySend, count } = deps;
  return async (outgoing) => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const conversation = await conversations.reload(outgoing.conversationId);
      await maySend(conversation, outgoing);
      if (conversation === undefined) throw problem('not_found');
      if (attempt === 0) await count(outgoing.conversationId);
      try {
        let own: readonly StoredEvent[] = [];
        const publish = (events: readonly StoredEvent[]) => {
          own = events;
        };
        const options = { actorId: outgoing.senderId, publish };
        const written = await deps.transact(options, (work) => write(work, deps, outgoing, conversation));
        if (written === 'stale') continue;
        const events = withData([...written.events, ...own], written);
        // The sender gets the answer first, then the events are emitted.
        setImmediate(() => tell(deps, outgoing, events));
        return { message: presentMessage(written.row), duplicate: false };
      } catch (error) {
        // The stored message has its files.
        const mayBeSent = isUniqueViolation(error) || outgoing.attachmentIds !== undefined;
        const [row] = mayBeSent ? await sentBefore(database.db, [outgoing]) : [];
        if (row === undefined) throw error;
        const message = presentMessage(row);
        refuseOther(outgoing, message);
        return { message, duplicate: true };
      }
    }
    throw problem('unavailable', { retryAfterMs: 500 });
  };
}

interface LinkedMessage {
  row: MessageRow;
  /** The first message of the thread, in its current state. */
  root: MessageRow | undefined;
  /** Events of the conversation. Those of users are numbered last. */
  events: StoredEvent[];
}

/** @returns `stale` if the cached conversation is outdated */
async function write(
  work: Work,
  deps: LinkedWriterDeps,
  outgoing: LinkedOutgoing,
  { audienceSeq }: CachedConversation,
): Promise<LinkedMessage | 'stale'> {
  const { tx } = work;
  const { conversationId, senderId, replyTo } = outgoing;
  await holdConversation(tx, conversationId);
  if (outgoing.caller !== undefined) await holdCaller(tx, outgoing.caller);
  const conversation = await readCachedConversation(tx, conversationId);
  if (conversation?.audienceSeq !== audienceSeq) return 'stale';
  const root = replyTo === null ? undefined : await lockThread(tx, conversationId, replyTo);
  const meant = await resolveMentions(tx, outgoing, conversation.members, deps.isHere);
  const reply =
    root && (await planReply(tx, { root, senderId, members: conversation.members, mentioned: meant.named }));

  const cleared = outgoing.clearDraft ? await clearDraft(tx, outgoing, root?.id ?? null) : [];

  const id = newId();
  const attachments = await claimFiles(tx, { ...outgoing, messageId: id, attachmentIds: outgoing.attachmentIds ?? [] });
  const draft = { ...toRow(id, outgoing, root, meant), attachments, type: typeWith(attachments, outgoing.type) };
  const followers = reply?.followers ?? [];
  const isTold = conversation.isTold || meant.everyone.length > 0 || followers.length > 0;
  if (isTold) {
    const message = toWritten(draft, conversation, { mentioned: meant.everyone, followers });
    await work.tell('messages:writing', { messages: [message] });
  }
  const stream = conversationStream(conversationId);
  const all = eventsOf(draft, meant, [...(reply?.events ?? []), ...cleared]);
  const events = await appendEvents(
    tx,
    all.filter((event) => event.stream === stream),
    work.now,
  );
  const placed = events.find(({ type }) => type === 'message:receive');
  if (placed === undefined) throw new Error('A message was written without its event.');
  const row = { ...draft, seq: placed.seq, created_at: placed.at };
  await insertMessage(tx, row);
  if (meant.everyone.length > 0) await insertMentions(tx, row, meant.everyone);
  const answered = root && { ...root, thread: await addReply(tx, { root, reply: row }) };
  if (isTold) await work.tell('messages:placed', { messages: [row] });
  for (const { stream: own, type, body } of all.filter((event) => event.stream !== stream)) {
    work.append(own, type, body as never);
  }
  return { row, root: answered, events };
}

function toWritten(
  row: LinkedMessageRow,
  { workspaceId, kind, name: conversationName, members }: CachedConversation,
  meant: Pick<WrittenMessage, 'mentioned' | 'followers'>,
): WrittenMessage {
  const { id, content, via, conversation_id: conversationId, sender_id: senderId, thread_id: threadId } = row;
  return {
    id,
    content,
    via,
    senderId,
    conversationId,
    workspaceId,
    kind,
    conversationName,
    members,
    threadId,
    ...meant,
  };
}

/** Emits the events of the conversation, then those of each user. */
async function tell(
  { database, publish, isHere }: LinkedWriterDeps,
  { conversationId }: LinkedOutgoing,
  events: readonly CommittedEvent[],
): Promise<void> {
  const stream = conversationStream(conversationId);
  publish(events.filter((event) => event.stream === stream));
  const own = events.filter((event) => event.stream !== stream);
  // The message is sent, whatever happens here: events that cannot be shown now are read later.
  publish(await withThreadPositions(database.db, own, isHere).catch(() => own));
}

/** The first message of the thread, locked. Throws `invalid_input` if it is not in the conversation. */
async function lockThread(tx: Transaction, conversationId: string, replyTo: string): Promise<MessageRow> {
  const target = (await messagesById(tx, [replyTo])).get(replyTo);
  const root =
    target?.conversation_id === conversationId ? await lockMessage(tx, target.thread_id ?? target.id) : undefined;
  if (root !== undefined) return root;
  throw problem('invalid_input', {
    errors: [{ path: 'replyTo', code: 'not_found', message: 'is not a message of this conversation' }],
  });
}

/** @returns the event for the sender's devices if a draft was deleted */
async function clearDraft(
  tx: Transaction,
  { senderId, conversationId, clientMessageId }: LinkedOutgoing,
  threadId: string | null,
): Promise<NewEvent[]> {
  const body = { userId: senderId, conversationId, threadId };
  // A concurrent call that saves this very draft commits before, or finds the message.
  await lockPersonalItems(tx, senderId);
  if (!(await deleteDraft(tx, body, clientMessageId))) return [];
  return [{ stream: `user:${senderId}`, type: 'draft:updated', actorId: senderId, body }];
}

function toRow(
  id: string,
  outgoing: LinkedOutgoing,
  root: MessageRow | undefined,
  meant: ResolvedMentions,
): Omit<LinkedMessageRow, 'attachments'> {
  return {
    id,
    conversation_id: outgoing.conversationId,
    sender_id: outgoing.senderId,
    client_message_id: outgoing.clientMessageId,
    type: outgoing.type,
    content: outgoing.content,
    reply_to: outgoing.replyTo,
    edited_at: null,
    deleted_at: null,
    version: 1,
    via: outgoing.via ?? null,
    reactions: null,
    thread_id: root?.id ?? null,
    thread: null,
    mentions: meant.named.length > 0 ? meant.named : null,
    mention_scope: meant.scope,
  };
}
