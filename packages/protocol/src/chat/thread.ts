import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, historyPage, id, limit, page, seq } from '../core/primitives.ts';
import { formerPeople, message, threadSummary } from './message.ts';

/** The caller's read position and unread count in a thread that they follow. */
export const threadStanding = z.object({
  threadId: id.meta({ description: 'Root message of the thread' }),
  readSeq: seq,
  unread: z.int().meta({ description: 'Replies from others after readSeq, counted up to 1,000' }),
});
export type ThreadStanding = z.infer<typeof threadStanding>;

/** The same for any thread, with whether the caller follows it. */
export const myThreadStanding = threadStanding.extend({ following: z.boolean() });
export type MyThreadStanding = z.infer<typeof myThreadStanding>;

/** Threads: replies to a message, with separate unread counts for followers. */
export const threads = operationGroup('threads', {
  list: operation({
    summary: 'List the threads you follow',
    description: 'Most recently active first.',
    method: 'GET',
    path: '/threads',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ limit, cursor: cursor.optional() }),
    output: page(z.object({ message, standing: threadStanding })),
  }),
  replies: operation({
    summary: 'List the replies in a thread',
    description:
      'Returns the root message and the latest replies, or those before or after a position. Oldest first within a page.',
    method: 'GET',
    path: '/messages/:messageId/thread',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id, limit, before: seq.optional(), after: seq.optional() }),
    output: historyPage(message).extend({ message, standing: myThreadStanding, people: formerPeople }),
  }),
  read: operation({
    summary: 'Mark a thread as read',
    description: 'The read position only moves forward.',
    method: 'POST',
    path: '/messages/:messageId/thread/read',
    access: 'message:member',
    limit: 'receipt',
    input: z.strictObject({ messageId: id, readSeq: seq }),
    output: myThreadStanding,
  }),
  follow: operation({
    summary: 'Follow a thread',
    description: 'Its new replies count as unread for you.',
    method: 'PUT',
    path: '/messages/:messageId/thread/follow',
    access: 'message:member',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: myThreadStanding,
  }),
  unfollow: operation({
    summary: 'Unfollow a thread',
    description: 'You follow it again when you reply, but not when you are mentioned.',
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
    summary: 'The summary of a thread changed',
    on: ['conversation'],
    external: false,
    data: z.object({ conversationId: id, messageId: id, thread: threadSummary.nullable() }),
  }),
  'thread:standing': event({
    summary: 'Your read position, unread count or follow state in a thread changed',
    on: ['user'],
    data: myThreadStanding.extend({ conversationId: id }),
  }),
  'mention:received': event({
    summary: 'You were mentioned, by name or with everyone',
    on: ['user'],
    data: z.object({ conversationId: id, messageId: id, seq, senderId: id, threadId: id.optional() }),
  }),
  'mention:removed': event({
    summary: 'A message no longer mentions you: it was edited or deleted',
    on: ['user'],
    data: z.object({ conversationId: id, messageId: id, seq }),
  }),
} as const;
