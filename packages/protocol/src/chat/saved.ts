import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page } from '../core/primitives.ts';
import { message } from './message.ts';

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

const savedMessage = z.object({ conversationId: id, messageId: id });

export const savedEvents = {
  'saved:added': event({ summary: 'You saved a message', on: ['user'], data: savedMessage }),
  'saved:removed': event({ summary: 'You unsaved a message', on: ['user'], data: savedMessage }),
} as const;
