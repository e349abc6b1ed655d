import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { fullList, id, instant, nothing } from '../core/primitives.ts';
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
    output: fullList(z.object({ message, pinnedBy: id, pinnedAt: instant })),
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

const pinned = z.object({ conversationId: id, messageId: id });

export const pinEvents = {
  'pin:added': event({ summary: 'A message was pinned', on: ['conversation'], external: false, data: pinned }),
  'pin:removed': event({ summary: 'A message was unpinned', on: ['conversation'], external: false, data: pinned }),
} as const;
