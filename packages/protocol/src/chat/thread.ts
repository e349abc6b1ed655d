import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, limit, page, seq, stretch } from '../core/primitives.ts';
import { message, threadSummary } from './message.ts';

/** Where I stand in a thread that I follow. */
export const threadStanding = z.object({
  threadId: id.meta({ description: 'The message that the thread began with' }),
  readSeq: seq,
  unread: z.int().meta({ description: 'Replies of others after readSeq, counted up to 1,000' }),
});
export type ThreadStanding = z.infer<typeof threadStanding>;

/** Where I stand in a thread, following it or not. */
export const myThreadStanding = threadStanding.extend({ following: z.boolean() });

/** Threads: replies to a message, with their own unread counts for those who follow. */
export const threads = operationGroup('threads', {
  list: operation({
    summary: 'The threads that I follow, the latest active first',
    method: 'GET',
    path: '/threads',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ limit, cursor: cursor.optional() }),
    output: page(z.object({ message, standing: threadStanding })),
  }),
  replies: operation({
    summary: 'The messages of a thread',
    description:
      'The message that it began with and its replies, oldest first: the latest, before or after a position.',
    method: 'GET',
    path: '/messages/:messageId/thread',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id, limit, before: seq.optional(), after: seq.optional() }),
    output: stretch(message).extend({ message, standing: myThreadStanding }),
  }),
  read: operation({
    summary: 'Say how far I have read a thread that I follow',
    description: 'The mark only moves forward.',
    method: 'POST',
    path: '/messages/:messageId/thread/read',
    access: 'message:member',
    limit: 'receipt',
    input: z.strictObject({ messageId: id, readSeq: seq }),
    output: myThreadStanding,
  }),
  follow: operation({
    summary: 'Follow a thread: its replies count as unread from now on',
    method: 'PUT',
    path: '/messages/:messageId/thread/follow',
    access: 'message:member',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: myThreadStanding,
  }),
  unfollow: operation({
    summary: 'Follow a thread no longer',
    description: 'Replying follows it again, a mention does not.',
    method: 'DELETE',
    path: '/messages/:messageId/thread/follow',
    access: 'message:member',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: myThreadStanding,
  }),
});

export const threadEvents = {
  'thread:updated': event({
    summary: 'A thread has more replies, or fewer',
    on: ['conversation'],
    data: z.object({ conversationId: id, messageId: id, thread: threadSummary.nullable() }),
  }),
  'thread:standing': event({
    summary: 'Where I stand in a thread, as a whole: something new in it, or read on another device',
    on: ['user'],
    data: myThreadStanding.extend({ conversationId: id }),
  }),
  'mention:received': event({
    summary: 'Someone mentioned me, by name or with everyone',
    on: ['user'],
    data: z.object({ conversationId: id, messageId: id, seq, senderId: id, threadId: id.optional() }),
  }),
} as const;
