import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page, text, whole } from '../core/primitives.ts';
import { chatSizes } from './limits.ts';
import { message } from './message.ts';

const pinInput = z.strictObject({ conversationId: id, messageId: id });

/** Messages pinned for everyone in a conversation. */
export const pins = operationGroup('pins', {
  list: operation({
    summary: 'List the pinned messages of a conversation',
    description: 'Oldest pin first.',
    method: 'GET',
    path: '/conversations/:conversationId/pins',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: whole(z.object({ message, pinnedBy: id, pinnedAt: instant })),
  }),
  add: operation({
    summary: 'Pin a message',
    description: 'Everyone in the conversation sees its pinned messages.',
    method: 'PUT',
    path: '/conversations/:conversationId/pins/:messageId',
    access: 'conversation:member',
    limit: 'user',
    input: pinInput,
    output: nothing,
    errors: ['archived', 'conflict'],
  }),
  remove: operation({
    summary: 'Unpin a message',
    description: 'Members can unpin any message, whoever pinned it.',
    method: 'DELETE',
    path: '/conversations/:conversationId/pins/:messageId',
    access: 'conversation:member',
    limit: 'user',
    input: pinInput,
    output: nothing,
    errors: ['archived'],
  }),
});

/** Messages that users save for themselves. */
export const saved = operationGroup('saved', {
  list: operation({
    summary: 'List your saved messages',
    description: 'Most recently saved first. Messages that you can no longer read are omitted.',
    method: 'GET',
    path: '/saved',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ limit, cursor: cursor.optional() }),
    output: page(z.object({ message, savedAt: instant })),
  }),
  add: operation({
    summary: 'Save a message',
    description: 'Only you see your saved messages.',
    method: 'PUT',
    path: '/saved/:messageId',
    access: 'message:reader',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: nothing,
    errors: ['conflict'],
  }),
  remove: operation({
    summary: 'Unsave a message',
    method: 'DELETE',
    path: '/saved/:messageId',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ messageId: id }),
    output: nothing,
  }),
});

/** An unsent message in a conversation or in one of its threads. */
export const draft = z.object({
  threadId: id.nullable(),
  content: z.string(),
  updatedAt: instant,
  sendAs: id.nullable().meta({
    description: 'The clientMessageId to send it with, from any session; null if none was set',
  }),
});
export type Draft = z.infer<typeof draft>;

export const drafts = operationGroup('drafts', {
  set: operation({
    summary: 'Save a draft',
    description: 'Synchronized across your devices. Empty content deletes the draft.',
    method: 'PUT',
    path: '/conversations/:conversationId/draft',
    access: 'conversation:member',
    limit: 'user',
    input: z.strictObject({
      conversationId: id,
      threadId: id.optional().meta({ description: 'For a draft in a thread: the root message of the thread' }),
      content: text(0, chatSizes.message),
      sendAs: id.optional().meta({
        description:
          'The clientMessageId to send it with. Once a message with that id was sent, the draft is not saved',
      }),
    }),
    output: z.object({ draft: draft.nullable() }),
    errors: ['conflict'],
  }),
});

const pinned = z.object({ conversationId: id, messageId: id });

export const keptEvents = {
  'pin:added': event({ summary: 'A message was pinned', on: ['conversation'], data: pinned }),
  'pin:removed': event({ summary: 'A message was unpinned', on: ['conversation'], data: pinned }),
  'saved:added': event({ summary: 'You saved a message', on: ['user'], data: pinned }),
  'saved:removed': event({ summary: 'You unsaved a message', on: ['user'], data: pinned }),
  'draft:updated': event({
    summary: 'One of your drafts changed; null: it was deleted',
    on: ['user'],
    data: z.object({ conversationId: id, threadId: id.nullable(), draft: draft.nullable() }),
  }),
} as const;
