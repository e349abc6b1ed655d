import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page, text, whole } from '../core/primitives.ts';
import { chatSizes } from './limits.ts';
import { message } from './message.ts';

const pinInput = z.strictObject({ conversationId: id, messageId: id });

/** Messages that everyone in a conversation finds again. */
export const pins = operationGroup('pins', {
  list: operation({
    summary: 'The pinned messages of a conversation',
    description: 'The first pinned first.',
    method: 'GET',
    path: '/conversations/:conversationId/pins',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: whole(z.object({ message, pinnedBy: id, pinnedAt: instant })),
  }),
  add: operation({
    summary: 'Pin a message for everyone in the conversation',
    method: 'PUT',
    path: '/conversations/:conversationId/pins/:messageId',
    access: 'conversation:member',
    limit: 'user',
    input: pinInput,
    output: nothing,
    errors: ['archived', 'conflict'],
  }),
  remove: operation({
    summary: 'Unpin a message, whoever pinned it',
    method: 'DELETE',
    path: '/conversations/:conversationId/pins/:messageId',
    access: 'conversation:member',
    limit: 'user',
    input: pinInput,
    output: nothing,
    errors: ['archived'],
  }),
});

/** Messages that I keep for myself. */
export const saved = operationGroup('saved', {
  list: operation({
    summary: 'What I have saved',
    description: 'The latest first; messages that I do not see any more are left out.',
    method: 'GET',
    path: '/saved',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ limit, cursor: cursor.optional() }),
    output: page(z.object({ message, savedAt: instant })),
  }),
  add: operation({
    summary: 'Save a message for myself',
    method: 'PUT',
    path: '/saved/:messageId',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: nothing,
    errors: ['conflict'],
  }),
  remove: operation({
    summary: 'Keep a saved message no longer',
    method: 'DELETE',
    path: '/saved/:messageId',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: nothing,
  }),
});

/** What I have begun to write in a conversation, or in one of its threads. */
export const draft = z.object({
  threadId: id.nullable(),
  content: z.string(),
  updatedAt: instant,
  sendAs: id.nullable().meta({
    description: 'The clientMessageId under which it is to be sent, from whichever session; null: none was named',
  }),
});
export type Draft = z.infer<typeof draft>;

export const drafts = operationGroup('drafts', {
  set: operation({
    summary: 'Keep what I have begun to write',
    description: 'For all my devices. Empty text drops it.',
    method: 'PUT',
    path: '/conversations/:conversationId/draft',
    access: 'conversation:member',
    limit: 'user',
    input: z.strictObject({
      conversationId: id,
      threadId: id.optional().meta({ description: 'In a thread: the message that it began with' }),
      content: text(0, chatSizes.message),
      sendAs: id
        .optional()
        .meta({ description: 'The clientMessageId under which it is to be sent: once that was, nothing is kept' }),
    }),
    output: z.object({ draft: draft.nullable() }),
    errors: ['conflict'],
  }),
});

const pinned = z.object({ conversationId: id, messageId: id });

export const keptEvents = {
  'pin:added': event({ summary: 'A message is pinned', on: ['conversation'], data: pinned }),
  'pin:removed': event({ summary: 'A message is pinned no longer', on: ['conversation'], data: pinned }),
  'saved:added': event({ summary: 'I saved a message, on whichever device', on: ['user'], data: pinned }),
  'saved:removed': event({ summary: 'I keep a message no longer', on: ['user'], data: pinned }),
  'draft:updated': event({
    summary: 'What I have begun to write somewhere, as it is now; null: nothing',
    on: ['user'],
    data: z.object({ conversationId: id, threadId: id.nullable(), draft: draft.nullable() }),
  }),
} as const;
