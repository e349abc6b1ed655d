import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { instant, nothing } from '../core/primitives.ts';

/** Due dates for calendar programs, as an iCalendar feed at a secret address. */
export const calendar = operationGroup('calendar', {
  get: operation({
    summary: 'Whether I have a calendar feed',
    description: 'Its address is shown only when it is created.',
    method: 'GET',
    path: '/calendar',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: z.object({
      createdAt: instant.nullable().meta({ description: 'Of the current address; null: there is none' }),
    }),
  }),
  rotate: operation({
    summary: 'Create a new address for my calendar feed',
    description: 'The previous address stops working at once.',
    method: 'POST',
    path: '/calendar/rotate',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: z.object({ url: z.string(), createdAt: instant }),
    secret: true,
    sessionOnly: true,
  }),
  disable: operation({
    summary: 'Turn off my calendar feed',
    method: 'DELETE',
    path: '/calendar',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
  }),
});
