import type { Transaction } from '../../../platform/database/index.ts';
import type { NewEvent } from '../../../platform/stream/index.ts';
import { conversationStream } from '../events.ts';
import type { MessageRow } from '../tables.ts';
import { countThread, followersOf, insertFollowers, putFollower, withReply, writeThread } from './thread-store.ts';

/** What a reply tells, and who begins to follow by it. */
export interface ReplyPlan {
  newFollowers: string[];
  events: NewEvent[];
}

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
 * Who follows a thread once it has the reply: those who did, the sender, and for the first time its beginner and those
 * who are mentioned by name. Who chose not to is left alone, unless they reply themselves.
 * @param root locked by the caller
 */
export async function planReply(
  tx: Transaction,
  {
    root,
    senderId,
    members,
    mentioned,
  }: { root: MessageRow; senderId: string; members: ReadonlySet<string>; mentioned: readonly string[] },
): Promise<ReplyPlan> {
  const places = await followersOf(tx, root.id);
  const placed = new Set(places.map(({ account_id }) => account_id));
  const newFollowers = [...new Set([root.sender_id, ...mentioned])].filter(
    (id) => id !== senderId && members.has(id) && !placed.has(id),
  );
  const following = places.filter((place) => place.following).map(({ account_id }) => account_id);
  const sender = members.has(senderId) ? [senderId] : [];
  const followers = [...new Set([...following, ...newFollowers, ...sender])].sort();
  return { newFollowers, events: threadEvents(root, senderId, followers) };
}

/** Adds a reply to what its thread has come to, and lets people follow: all but the sender have not read it. */
export async function addReply(
  tx: Transaction,
  { root, reply, followers }: { root: MessageRow; reply: MessageRow; followers: readonly string[] },
): Promise<void> {
  const { conversation_id: conversationId, seq, sender_id: senderId, created_at: at } = reply;
  await insertFollowers(tx, { threadId: root.id, conversationId, readSeq: seq - 1 }, followers);
  const place = { thread_id: root.id, account_id: senderId, conversation_id: conversationId };
  if (reply.via === null) await putFollower(tx, { ...place, following: true, read_seq: seq }, root.thread);
  // Last, so that those who follow from now on have it too.
  await writeThread(tx, root.id, withReply(root.thread, { senderId, seq, at }));
}

/** Counts a thread anew after one of its replies was deleted. @returns who follows it */
export async function removeReply(
  tx: Transaction,
  root: MessageRow,
): Promise<{ conversationId: string; followers: string[] }> {
  await writeThread(tx, root.id, await countThread(tx, root.id));
  const places = await followersOf(tx, root.id);
  const followers = places.filter((place) => place.following).map(({ account_id }) => account_id);
  return { conversationId: root.conversation_id, followers };
}
