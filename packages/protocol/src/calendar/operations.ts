import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { instant, nothing } from '../core/primitives.ts';

/** The calendar feed, in iCalendar format at a secret URL. */
export const calendar = operationGroup('calendar', {
  get: operation({
    summary: 'Get the state of your calendar feed',
    description: 'Its URL is shown only when it is created.',
    method: 'GET',
    path: '/calendar',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: z.object({
      createdAt: instant.nullable().meta({ description: 'When the current URL was created; null if there is none' }),
    }),
  }),
  rotate: operation({
    summary: 'Create a new URL for your calendar feed',
    description: 'The previous URL stops working immediately.',
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
    summary: 'Turn off your calendar feed',
    method: 'DELETE',
    path: '/calendar',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
  }),
});
