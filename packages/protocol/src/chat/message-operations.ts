import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, historyPage, id, isVisible, limit, nothing, page, seq, text, version } from '../core/primitives.ts';
import { fileSizes } from '../files/limits.ts';
import { chatSizes } from './limits.ts';
import { formerPeople, message, messageContent, messageRevision } from './message.ts';
import { receipt } from './receipt.ts';

const areDistinct = (ids: readonly string[]) => new Set(ids).size === ids.length;
const saysSomething = ({ content, attachmentIds = [] }: { content: string; attachmentIds?: string[] | undefined }) =>
  attachmentIds.length > 0 || isVisible(content);

export const messages = operationGroup('messages', {
  send: operation({
    summary: 'Send a message',
    description: [
      'Sends to a conversation, or to a user with `toUserId`.',
      'Sending the same clientMessageId again returns the same response.',
      `In conversations with more than ${chatSizes.mentionAll} members, only managers can mention everyone with @channel or @here.`,
    ].join(' '),
    method: 'POST',
    path: '/messages',
    alias: '/conversations/:conversationId/messages',
    event: 'message:send',
    access: 'user',
    limit: 'message',
    ownKey: 'clientMessageId',
    example: { conversationId: '00000000-0000-7000-8000-000000000000' },
    input: z
      .strictObject({
        conversationId: id.optional(),
        toUserId: id.optional(),
        content: text(0, chatSizes.message).meta({ description: 'May be empty in a message with files' }),
        attachmentIds: z
          .array(id)
          .max(fileSizes.files)
          .refine(areDistinct, { error: 'names a file twice' })
          .optional()
          .meta({
            description: 'Files from attachments.upload, in this order; they determine the type of the message',
          }),
        type: z.enum(['text']).default('text'),
        replyTo: id.optional(),
        clearDraft: z
          .boolean()
          .default(false)
          .meta({ description: 'Also delete your draft in the conversation or thread' }),
        clientMessageId: id,
      })
      .refine(saysSomething, { path: ['content'], error: 'is empty' }),
    output: z.object({ message, duplicate: z.boolean() }),
    status: 201,
    errors: ['not_found', 'archived', 'forbidden', 'idempotency_mismatch', 'rate_limited'],
  }),
  list: operation({
    summary: 'List messages',
    description:
      'Returns the latest messages, or those before, after or around a position, or around your first unread message. Oldest first within a page.',
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
      from: z
        .enum(['firstUnread'])
        .optional()
        .meta({ description: 'Returns the latest messages if nothing is unread' }),
    }),
    output: historyPage(message).extend({
      people: formerPeople,
      asOf: seq.meta({ description: 'Position of the stream at which the page was read' }),
      firstUnread: seq
        .optional()
        .meta({ description: 'Position of your first unread message, if requested and there is one' }),
    }),
  }),
  get: operation({
    summary: 'Get a message',
    method: 'GET',
    path: '/messages/:messageId',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: message,
  }),
  update: operation({
    summary: 'Edit a message',
    description: 'Only for the author. Earlier versions remain in the history of the message.',
    method: 'PATCH',
    path: '/messages/:messageId',
    access: 'message:member',
    limit: 'user',
    example: { content: 'Hello, everybody!' },
    input: z.strictObject({ messageId: id, content: messageContent, version: version.optional() }),
    output: message,
    errors: ['forbidden', 'archived', 'conflict', 'version_conflict'],
  }),
  delete: operation({
    summary: 'Delete a message',
    description:
      'Authors can delete their own messages; managers can delete any message. The message keeps its position in the conversation.',
    method: 'DELETE',
    path: '/messages/:messageId',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: nothing,
    errors: ['forbidden', 'archived'],
  }),
  history: operation({
    summary: 'List earlier versions of a message',
    description: 'Most recent first. Only for the author and for managers.',
    method: 'GET',
    path: '/messages/:messageId/history',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id, limit, cursor: cursor.optional() }),
    output: page(messageRevision),
    errors: ['forbidden'],
  }),
  ack: operation({
    summary: 'Mark messages as delivered and read',
    description: 'Receipts only move forward; `messages.markUnread` moves them back.',
    method: 'POST',
    path: '/conversations/:conversationId/receipts',
    event: 'message:ack',
    access: 'conversation:member',
    limit: 'receipt',
    example: { readSeq: 1 },
    input: z.strictObject({ conversationId: id, deliveredSeq: seq.optional(), readSeq: seq.optional() }),
    output: receipt.extend({ unread: z.int() }),
  }),
  markUnread: operation({
    summary: 'Mark messages as unread',
    description: [
      'Moves your read position back, so that everything from `fromSeq` on is unread. Never moves it forward.',
      'If receipts are shared, other members see it. Read notifications stay read.',
    ].join(' '),
    method: 'POST',
    path: '/conversations/:conversationId/unread',
    access: 'conversation:member',
    limit: 'receipt',
    input: z.strictObject({
      conversationId: id,
      fromSeq: z.int().min(1).meta({ description: 'Position of a message' }),
    }),
    output: receipt.extend({ unread: z.int() }),
  }),
});
