import type { ThreadSummary } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { type NewEvent, streamSeqs } from '../../../platform/stream/index.ts';
import { conversationStream } from '../rows/stream.ts';
import type { MessageRow } from '../rows/tables.ts';
import { countThreads, insertFollowers, lockFollowers, putFollower, withReply, writeThreads } from './store.ts';

function threadEvents(root: MessageRow, actorId: string, followers: readonly string[]): NewEvent[] {
  const { id: threadId, conversation_id } = root;
  return [
    { stream: conversationStream(conversation_id), type: 'thread:updated', actorId, body: { messageId: threadId } },
    ...followers.map(
      (userId): NewEvent => ({
        stream: `user:${userId}`,
        type: 'thread:standing',
        actorId,
        body: { conversationId: conversation_id, threadId, userId },
      }),
    ),
  ];
}

/**
 * Determines the followers of a thread after a reply: the current ones, the sender, and for the first reply the author
 * of the first message and everyone mentioned by name. Users who unfollowed it are left out, unless they reply
 * themselves. All their rows exist and are locked afterwards: once the reply has its number, the streams are locked,
 * and no row may be waited for.
 * @param root locked by the caller
 * @returns the followers, and the events of the reply
 */
export async function planReply(
  tx: Transaction,
  {
    root,
    senderId,
    members,
    mentioned,
  }: { root: MessageRow; senderId: string; members: ReadonlySet<string>; mentioned: readonly string[] },
): Promise<{ followers: string[]; events: NewEvent[] }> {
  const places = await lockFollowers(tx, [root.id]);
  const placed = new Set(places.map(({ account_id }) => account_id));
  const newFollowers = [...new Set([root.sender_id, ...mentioned])].filter(
    (id) => id !== senderId && members.has(id) && !placed.has(id),
  );
  const following = places.filter((place) => place.following).map(({ account_id }) => account_id);
  const sender = members.has(senderId) ? [senderId] : [];
  const followers = [...new Set([...following, ...newFollowers, ...sender])].sort();
  const stream = conversationStream(root.conversation_id);
  // The root is locked, so every other reply is up to the head, and this one comes after it.
  const readSeq = (await streamSeqs(tx, [stream])).get(stream) ?? 0;
  const place = { threadId: root.id, conversationId: root.conversation_id, readSeq };
  await insertFollowers(tx, place, [...newFollowers, ...sender]);
  return { followers, events: threadEvents(root, senderId, followers) };
}

/**
 * Adds a planned reply to the summary of its thread: it is unread for all followers but the sender. @returns the
 * summary
 */
export async function addReply(
  tx: Transaction,
  { root, reply }: { root: MessageRow; reply: MessageRow },
): Promise<ThreadSummary> {
  const { conversation_id: conversationId, seq, sender_id: senderId, created_at: at } = reply;
  const place = { thread_id: root.id, account_id: senderId, conversation_id: conversationId };
  if (reply.via === null) await putFollower(tx, { ...place, following: true, read_seq: seq }, root.thread);
  // Last, so that new followers get it too.
  const thread = withReply(root.thread, { senderId, seq, at });
  await writeThreads(tx, new Map([[root.id, thread]]));
  return thread;
}

/** Recounts a thread after one of its replies was deleted. @returns its followers */
export async function removeReply(
  tx: Transaction,
  root: MessageRow,
): Promise<{ conversationId: string; followers: string[] }> {
  const places = await lockFollowers(tx, [root.id]);
  await writeThreads(tx, await countThreads(tx, [root.id]));
  const followers = places.filter((place) => place.following).map(({ account_id }) => account_id);
  return { conversationId: root.conversation_id, followers };
}
