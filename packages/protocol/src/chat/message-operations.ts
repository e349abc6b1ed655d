import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, limit, nothing, page, seq, stretch, version } from '../core/primitives.ts';
import { chatSizes } from './limits.ts';
import { message, messageContent, messageRevision } from './message.ts';
import { receipt } from './receipt.ts';

export const messages = operationGroup('messages', {
  send: operation({
    summary: 'Send a message to a conversation or to a person',
    description: [
      'The same clientMessageId gets the same answer.',
      `With more than ${chatSizes.mentionAll} members, @channel and @here mean everyone only when managers say it.`,
    ].join(' '),
    method: 'POST',
    path: '/messages',
    alias: '/conversations/:conversationId/messages',
    event: 'message:send',
    access: 'user',
    limit: 'message',
    input: z.strictObject({
      conversationId: id.optional(),
      toUserId: id.optional(),
      content: messageContent,
      type: z.enum(['text']).default('text'),
      replyTo: id.optional(),
      clearDraft: z.boolean().default(false).meta({ description: 'It was my draft there, which goes with it' }),
      clientMessageId: id,
    }),
    output: z.object({ message, duplicate: z.boolean() }),
    status: 201,
    errors: ['not_found', 'archived', 'forbidden', 'idempotency_mismatch', 'rate_limited'],
  }),
  list: operation({
    summary: 'History of a conversation',
    description:
      'Oldest first within a page: the latest, before, after or around a position, or around my first unread.',
    method: 'GET',
    path: '/conversations/:conversationId/messages',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({
      conversationId: id,
      limit,
      before: seq.optional(),
      after: seq.optional(),
      around: seq.optional(),
      from: z.enum(['firstUnread']).optional().meta({ description: 'The latest, when there is nothing unread' }),
    }),
    output: stretch(message).extend({
      asOf: seq.meta({ description: 'The head of the stream when this was true' }),
      firstUnread: seq.optional().meta({ description: 'Where it is, when it was asked for and there is one' }),
    }),
  }),
  get: operation({
    summary: 'One message',
    method: 'GET',
    path: '/messages/:messageId',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: message,
  }),
  update: operation({
    summary: 'Edit what I said; what it was before stays in its history',
    method: 'PATCH',
    path: '/messages/:messageId',
    access: 'message:member',
    limit: 'user',
    input: z.strictObject({ messageId: id, content: messageContent, version: version.optional() }),
    output: message,
    errors: ['forbidden', 'archived', 'conflict', 'version_conflict'],
  }),
  delete: operation({
    summary: 'Delete a message',
    description: 'What I said, or what someone said where I am the manager. Its place in the conversation stays.',
    method: 'DELETE',
    path: '/messages/:messageId',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: nothing,
    errors: ['forbidden', 'archived'],
  }),
  history: operation({
    summary: 'What a message said before',
    description: 'The latest first. For its author and for managers.',
    method: 'GET',
    path: '/messages/:messageId/history',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id, limit, cursor: cursor.optional() }),
    output: page(messageRevision),
    errors: ['forbidden'],
  }),
  ack: operation({
    summary: 'Say how far I have received and read',
    description: 'Marks only move forward.',
    method: 'POST',
    path: '/conversations/:conversationId/receipts',
    event: 'message:ack',
    access: 'conversation:member',
    limit: 'receipt',
    input: z.strictObject({ conversationId: id, deliveredSeq: seq.optional(), readSeq: seq.optional() }),
    output: receipt.extend({ unread: z.int() }),
  }),
});
