import { threads } from '@atrium/protocol';
import { validate } from 'uuid';
import type { Transaction } from '../../../platform/database/index.ts';
import {
  command,
  type Implementation,
  isCursorInstant,
  keyset,
  problem,
  read,
} from '../../../platform/module/index.ts';
import { streamSeqs } from '../../../platform/stream/index.ts';
import type { MessageSubject } from '../rows/access.ts';
import { formerPeople } from '../rows/former-people.ts';
import { lockMessage, messagesById } from '../rows/message-store.ts';
import { presentMessage } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import { presentThreadPosition, threadPositionOf } from './position.ts';
import { followedPage, hasReplyBefore, putFollower, replyPage } from './store.ts';

/** Finds a thread by any of its messages. */
const threadOf = ({ message }: MessageSubject): string => message.thread_id ?? message.id;

/** The head of the conversation, beyond which nothing can be read. */
async function headOf(tx: Transaction, { conversation }: MessageSubject): Promise<number> {
  const stream = conversationStream(conversation.id);
  return (await streamSeqs(tx, [stream])).get(stream) ?? 0;
}

const pages = keyset(
  ['string', 'string'],
  (lastReplyAt, id) => (isCursorInstant(lastReplyAt) && validate(id) ? { lastReplyAt, id } : undefined),
  ({ lastReplyAt, id }: { lastReplyAt: string; id: string }) => [lastReplyAt, id],
);

/** Operations to read and follow threads. */
export const threadOperations: readonly Implementation[] = [
  read(threads.list, async ({ actor, db, input }) => {
    const page = pages.page(input);
    const found = await followedPage(db, { userId: actor.userId, ...page });
    const { rows, nextCursor } = pages.cut(found, page, ({ message: { id, thread } }) => ({
      lastReplyAt: thread?.lastReplyAt ?? '',
      id,
    }));
    return {
      items: rows.map(({ message, place }) => {
        const { following: _, ...standing } = presentThreadPosition(place);
        return { message: presentMessage(message), standing };
      }),
      nextCursor,
    };
  }),

  read(threads.replies, async ({ actor, db, input, subject }) => {
    const { limit, before, after } = input;
    if (before !== undefined && after !== undefined) {
      const fault = { path: 'after', code: 'unexpected', message: 'only one of before and after goes at a time' };
      throw problem('invalid_input', { errors: [fault] });
    }
    const threadId = threadOf(subject);
    const root = (await messagesById(db, [threadId])).get(threadId);
    if (root === undefined) throw problem('not_found');
    const onward = after !== undefined;
    const pivot = onward ? after + 1 : (before ?? Number.MAX_SAFE_INTEGER);
    const direction = onward ? 'from' : 'before';
    const found = await replyPage(db, { threadId, pivot, direction, limit: limit + 1 });
    const rows = onward ? found.slice(0, limit) : found.slice(-limit);
    const first = rows[0]?.seq;
    const [message, items] = [presentMessage(root), rows.map(presentMessage)];
    return {
      message,
      items,
      people: await formerPeople(db, root.conversation_id, [message, ...items]),
      moreBefore: onward ? await hasReplyBefore(db, threadId, first ?? pivot) : found.length > limit,
      moreAfter: onward ? found.length > limit : (root.thread?.lastReplySeq ?? 0) > (rows.at(-1)?.seq ?? pivot),
      standing: await threadPositionOf(db, threadId, actor.userId),
    };
  }),

  command(threads.read, async ({ actor: { userId }, append, input, subject, tell, tx }) => {
    const threadId = threadOf(subject);
    const readSeq = Math.min(input.readSeq, await headOf(tx, subject));
    // Locked before the user's position in it, as for a reply.
    if ((await lockMessage(tx, threadId)) === undefined) throw problem('not_found');
    const before = await threadPositionOf(tx, threadId, userId);
    if (!before.following || readSeq <= before.readSeq) return before;
    const conversationId = subject.conversation.id;
    const place = { thread_id: threadId, account_id: userId, conversation_id: conversationId };
    await putFollower(tx, { ...place, following: true, read_seq: readSeq }, null);
    await tell('thread:read', { conversationId, threadId, userId, readSeq });
    append(`user:${userId}`, 'thread:standing', { conversationId, threadId, userId });
    return threadPositionOf(tx, threadId, userId);
  }),

  ...[threads.follow, threads.unfollow].map((operation) =>
    command(operation, async ({ actor: { userId }, append, subject, tx }) => {
      const following = operation === threads.follow;
      const threadId = threadOf(subject);
      const head = await headOf(tx, subject);
      // Locked, so that no reply comes in between: its followers get its event.
      const root = await lockMessage(tx, threadId);
      if (root === undefined) throw problem('not_found');
      const before = await threadPositionOf(tx, threadId, userId);
      if (before.following === following) return before;
      const place = { thread_id: threadId, account_id: userId, conversation_id: subject.conversation.id };
      await putFollower(tx, { ...place, following, read_seq: head }, root.thread);
      append(`user:${userId}`, 'thread:standing', { conversationId: subject.conversation.id, threadId, userId });
      return threadPositionOf(tx, threadId, userId);
    }),
  ),
];
