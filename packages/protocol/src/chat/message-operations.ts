import { z } from 'zod';
import { operation, operationGroup } from '../operation.ts';
import { cursor, id, limit, seq } from '../primitives.ts';
import { message, messageContent } from './message.ts';
import { receipt } from './receipt.ts';

export const messages = operationGroup('messages', {
  send: operation({
    summary: 'Send a message to a conversation or to a person; the same clientMessageId gets the same answer',
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
      clientMessageId: id,
    }),
    output: z.object({ message, duplicate: z.boolean() }),
    status: 201,
    errors: ['not_found', 'archived', 'forbidden', 'idempotency_mismatch', 'rate_limited'],
  }),
  list: operation({
    summary: 'History, oldest first within a page: the latest, or before, after or around a position',
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
    }),
    output: z.object({
      items: z.array(message),
      nextCursor: cursor.nullable().meta({ description: 'Always null: go on with before or after' }),
      moreBefore: z.boolean(),
      moreAfter: z.boolean(),
      asOf: seq,
    }),
  }),
  ack: operation({
    summary: 'Say how far I have received and read; marks only move forward',
    method: 'POST',
    path: '/conversations/:conversationId/receipts',
    event: 'message:ack',
    access: 'conversation:member',
    limit: 'receipt',
    input: z.strictObject({ conversationId: id, deliveredSeq: seq.optional(), readSeq: seq.optional() }),
    output: receipt.extend({ unread: z.int() }),
  }),
});
