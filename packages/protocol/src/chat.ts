import { z } from 'zod';
import { event } from './event.ts';
import { sizes } from './limits.ts';
import { operation, operationGroup } from './operation.ts';
import { cursor, id, instant, limit, line, nothing, page, seq, text, version } from './primitives.ts';

export const conversationKind = z.enum(['channel', 'group', 'direct', 'support']);
export type ConversationKind = z.infer<typeof conversationKind>;
const visibility = z.enum(['public', 'private']);

/** `file` and `image` come with attachments, `system` only from the server. */
export const messageType = z.enum(['text', 'image', 'file', 'system']);

export const message = z.object({
  id,
  conversationId: id,
  seq: seq.meta({ description: "Its place in the conversation's stream" }),
  senderId: id,
  clientMessageId: id,
  type: messageType,
  content: z.string(),
  replyTo: id.nullable(),
  createdAt: instant,
});
export type Message = z.infer<typeof message>;

/** How far one member has received and read, as positions in the conversation's stream. */
export const receipt = z.object({ userId: id, deliveredSeq: seq, readSeq: seq });
export type Receipt = z.infer<typeof receipt>;

/**
 * A receipt that moved. `newlyRead` makes the unread number exact without knowing the history: unread goes down by it.
 * It never changes afterwards, since everything up to a read mark is already in the stream.
 */
export const receiptStep = receipt.extend({
  newlyRead: z.int().min(0).meta({ description: 'Messages of others between the former readSeq and this one' }),
});
export type ReceiptStep = z.infer<typeof receiptStep>;

export const conversationMember = z.object({ userId: id, role: z.enum(['manager', 'member']), joinedAt: instant });
export type ConversationMember = z.infer<typeof conversationMember>;

export const conversation = z.object({
  id,
  workspaceId: id,
  kind: conversationKind,
  visibility,
  name: z.string().nullable().meta({ description: 'null for direct conversations: show the other person' }),
  topic: z.string(),
  archivedAt: instant.nullable(),
  createdBy: id.nullable(),
  createdAt: instant,
  version,
});
export type Conversation = z.infer<typeof conversation>;

/** What the asking person may do with a conversation. */
export const conversationCan = z.object({
  send: z.boolean(),
  update: z.boolean(),
  archive: z.boolean(),
  delete: z.boolean(),
  addMembers: z.boolean(),
  removeMembers: z.boolean(),
  join: z.boolean(),
  leave: z.boolean(),
});
export type ConversationCan = z.infer<typeof conversationCan>;

/** A conversation in its member's live state. */
export const conversationState = conversation.extend({
  members: z.array(conversationMember),
  receipts: z.array(receipt).meta({ description: 'Mine always; others where they are shared' }),
  lastMessage: message.nullable(),
  unread: z.int().meta({
    description:
      'Messages of others after my readSeq, counted up to 1,000. Who reads on from there counts down from 1,000',
  }),
});
export type ConversationState = z.infer<typeof conversationState>;

/** A conversation as one member gets it by REST. */
export const myConversation = conversationState.extend({ can: conversationCan });
export type MyConversation = z.infer<typeof myConversation>;

const name = line(1, 80);
const topic = text(0, 250);
const people = z.array(id).max(sizes.people);
const content = text(1, sizes.message).refine((value) => value.trim().length > 0, { error: 'is empty' });

export const conversations = operationGroup('conversations', {
  create: operation({
    summary: 'Open a conversation',
    description: 'A channel, a group, a direct conversation (the same pair gets the same one) or a support case.',
    method: 'POST',
    path: '/conversations',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      kind: conversationKind,
      visibility: visibility.default('public').meta({ description: 'Of channels; everything else is private' }),
      name: name.optional(),
      topic: topic.default(''),
      memberIds: people.default([]),
    }),
    output: myConversation,
    status: 201,
    errors: ['forbidden', 'conflict'],
  }),
  list: operation({
    summary: 'My conversations, or the public channels of a workspace',
    description: 'My own come with the latest active first.',
    method: 'GET',
    path: '/conversations',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id.optional(),
      scope: z.enum(['mine', 'directory']).default('mine'),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(conversation.extend({ joined: z.boolean(), unread: z.int(), lastMessage: message.nullable() })),
  }),
  get: operation({
    summary: 'One conversation',
    method: 'GET',
    path: '/conversations/:conversationId',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: myConversation,
  }),
  update: operation({
    summary: 'Rename, set the topic, archive or unarchive',
    method: 'PATCH',
    path: '/conversations/:conversationId',
    access: 'conversation:member',
    limit: 'user',
    input: z.strictObject({
      conversationId: id,
      name: name.optional(),
      topic: topic.optional(),
      archived: z.boolean().optional(),
      version: version.optional(),
    }),
    output: myConversation,
    errors: ['forbidden', 'conflict', 'version_conflict', 'archived'],
  }),
  delete: operation({
    summary: 'Delete a conversation with all its messages',
    method: 'DELETE',
    path: '/conversations/:conversationId',
    access: 'conversation:manager',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: nothing,
  }),
  members: operation({
    summary: 'Who is in a conversation',
    method: 'GET',
    path: '/conversations/:conversationId/members',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id, limit, cursor: cursor.optional() }),
    output: page(conversationMember),
  }),
  addMember: operation({
    summary: 'Add someone of the workspace',
    method: 'POST',
    path: '/conversations/:conversationId/members',
    access: 'conversation:member',
    limit: 'user',
    input: z.strictObject({ conversationId: id, userId: id }),
    output: conversationMember,
    status: 201,
    errors: ['already_member', 'forbidden', 'conflict', 'archived'],
  }),
  removeMember: operation({
    summary: 'Remove someone, or leave',
    method: 'DELETE',
    path: '/conversations/:conversationId/members/:userId',
    access: 'conversation:member',
    limit: 'user',
    input: z.strictObject({ conversationId: id, userId: id }),
    output: nothing,
    errors: ['forbidden'],
  }),
  join: operation({
    summary: 'Join a public channel',
    method: 'POST',
    path: '/conversations/:conversationId/join',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: myConversation,
    errors: ['already_member', 'archived', 'conflict'],
  }),
});

export const messages = operationGroup('messages', {
  send: operation({
    summary: 'Send a message to a conversation or to a person',
    description: 'The same clientMessageId gets the same answer.',
    method: 'POST',
    path: '/messages',
    alias: '/conversations/:conversationId/messages',
    event: 'message:send',
    access: 'user',
    limit: 'message',
    input: z.strictObject({
      conversationId: id.optional(),
      toUserId: id.optional(),
      content,
      type: z.enum(['text']).default('text'),
      replyTo: id.optional(),
      clientMessageId: id,
    }),
    output: z.object({ message, duplicate: z.boolean() }),
    status: 201,
    errors: ['not_found', 'archived', 'forbidden', 'idempotency_mismatch', 'rate_limited'],
  }),
  list: operation({
    summary: 'History of a conversation',
    description: 'Oldest first within a page: the latest, or before, after or around a position.',
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

export const typing = operationGroup('typing', {
  start: operation({
    summary: 'I am typing; lasts 6 s unless repeated',
    method: 'PUT',
    path: '/conversations/:conversationId/typing',
    event: 'typing:start',
    access: 'conversation:member',
    limit: 'typing',
    input: z.strictObject({ conversationId: id }),
    output: z.object({ until: instant }),
    errors: ['archived'],
  }),
  stop: operation({
    summary: 'I stopped typing',
    method: 'DELETE',
    path: '/conversations/:conversationId/typing',
    event: 'typing:stop',
    access: 'conversation:member',
    limit: 'typing',
    input: z.strictObject({ conversationId: id }),
    output: nothing,
  }),
});

export const chatEvents = {
  'conversation:joined': event({
    summary: 'I am in a conversation from now on; its own stream goes on from `asOf`',
    on: ['user'],
    data: z.object({ conversation: conversationState, asOf: seq }),
  }),
  'conversation:left': event({
    summary: 'I am no longer in a conversation, or it is gone: drop what is kept of it',
    on: ['user'],
    data: z.object({ conversationId: id }),
  }),
  'conversation:updated': event({ summary: 'A conversation changed', on: ['conversation'], data: conversation }),
  'conversation:memberJoined': event({
    summary: 'Someone is in the conversation from now on',
    on: ['conversation'],
    data: z.object({ conversationId: id, member: conversationMember, receipt: receipt.nullable() }),
  }),
  'conversation:memberLeft': event({
    summary: 'Someone is no longer in the conversation',
    on: ['conversation'],
    data: z.object({ conversationId: id, userId: id }),
  }),
  'message:receive': event({ summary: 'A message', on: ['conversation'], data: message }),
  'message:ack': event({
    summary: 'How far members have received and read; mine alone where receipts are not shared',
    on: ['conversation', 'user'],
    data: z.object({ conversationId: id, receipts: z.array(receiptStep) }),
  }),
  'conversation:receipts': event({
    summary: "The shared receipts as a whole: they replace everybody's but one's own",
    on: ['conversation'],
    data: z.object({ conversationId: id, receipts: z.array(receipt) }),
  }),
  typing: event({
    summary: 'Someone is typing until then; `until` in the past means stopped',
    on: 'volatile',
    data: z.object({ conversationId: id, userId: id, until: instant }),
  }),
  'error:rate_limited': event({
    summary: 'A message was refused because too many were sent; nothing typed is lost, send it again later',
    on: 'volatile',
    data: z.object({ operation: z.string(), clientMessageId: id.optional(), retryAfterMs: z.int() }),
  }),
} as const;
