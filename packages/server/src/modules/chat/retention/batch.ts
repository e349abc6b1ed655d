import type { Transaction } from '../../../platform/database/index.ts';
import type { Transact, Work } from '../../../platform/module/index.ts';
import type { Append } from '../../../platform/stream/index.ts';
import { clearFiles, deleteAttachmentsOfMessages } from '../../files/index.ts';
import { recordAudit } from '../../identity/index.ts';
import { announceDeletedItems } from '../cleanup/message-events.ts';
import { deleteMessageItems } from '../cleanup/removal-store.ts';
import { lockConversations } from '../rows/conversation-store.ts';
import { conversationStream } from '../rows/stream.ts';
import { countThreads, lockFollowers, writeThreads } from '../threads/store.ts';
import {
  type Batch,
  emptyMessages,
  markExpired,
  removeMentions,
  removeMessages,
  removeUnneededRoots,
} from './batch-store.ts';

/**
 * Removes the messages of a conversation up to a position, in one transaction with its events and its audit entry. The
 * conversation is locked first, as for every change of a message, which avoids deadlocks.
 * @returns how many messages were removed or emptied
 */
export function removeBatch(
  transact: Transact,
  { conversationId, through, now }: { conversationId: string; through: number; now: Date },
): Promise<number> {
  return transact({ actorId: null }, async (work) => {
    const [conversation] = await lockConversations(work.tx, [conversationId]);
    const from = (conversation?.expired_seq ?? through) + 1;
    const isLeft = from <= through;
    return isLeft ? remove({ ...work, now }, { conversationId, from, through }) : 0;
  });
}

async function remove({ tx, append, enqueue, now, tell }: Work, batch: Batch): Promise<number> {
  const { conversationId, from, through } = batch;
  const stream = conversationStream(conversationId);
  const removed = await removeMessages(tx, batch);
  const kept = await emptyMessages(tx, batch, now);
  const answered = new Set(removed.flatMap(({ threadId }) => threadId ?? []));
  const ended = await removeUnneededRoots(tx, batch, [...answered]);
  await removeMentions(tx, batch);
  const goneIds = [...removed, ...ended].map(({ id }) => id);
  const keptIds = kept.map(({ id }) => id);
  announceDeletedItems(
    append,
    conversationId,
    await deleteMessageItems(tx, conversationId, { gone: goneIds, emptied: keptIds }),
  );
  if ((await deleteAttachmentsOfMessages(tx, [...goneIds, ...keptIds])) > 0) enqueue(clearFiles, {});
  for (const id of goneIds) answered.delete(id);
  await recount(tx, append, batch, [...answered].sort());

  const moreBefore = await markExpired(tx, batch);
  await tell('messages:deleted', { conversationId, messageIds: [...goneIds, ...keptIds] });
  const ends = { fromSeq: from, beforeSeq: through + 1, moreBefore };
  const places = {
    kept: kept.map(({ seq }) => seq).sort(ascending),
    gone: ended.map(({ seq }) => seq).sort(ascending),
  };
  append(stream, 'messages:expired', { conversationId, ...ends, ...places });
  for (const messageId of keptIds) append(stream, 'message:deleted', { messageId });
  const count = removed.length + kept.length;
  const details = { count, beforeSeq: through + 1 };
  await recordAudit(tx, { now }, { kind: 'messages_expired', actorId: null, targetId: conversationId, details });
  return count;
}

/** Threads that have lost replies and still have others; removed replies no longer count as unread. */
async function recount(
  tx: Transaction,
  append: Append,
  { conversationId, through }: Batch,
  threadIds: readonly string[],
): Promise<void> {
  if (threadIds.length === 0) return;
  const places = await lockFollowers(tx, threadIds);
  await writeThreads(tx, await countThreads(tx, threadIds));
  for (const messageId of threadIds) append(conversationStream(conversationId), 'thread:updated', { messageId });
  for (const { account_id: userId, thread_id: threadId, following, read_seq } of places) {
    if (following && read_seq < through) {
      append(`user:${userId}`, 'thread:standing', { conversationId, threadId, userId });
    }
  }
}

function ascending(one: number, other: number): number {
  return one - other;
}
