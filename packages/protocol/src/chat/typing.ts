import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id, instant, nothing } from '../core/primitives.ts';

export const typing = operationGroup('typing', {
  start: operation({
    summary: 'Start typing',
    description: 'Lasts 6 seconds unless repeated.',
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
    summary: 'Stop typing',
    method: 'DELETE',
    path: '/conversations/:conversationId/typing',
    event: 'typing:stop',
    access: 'conversation:member',
    limit: 'typing',
    input: z.strictObject({ conversationId: id }),
    output: nothing,
  }),
});
