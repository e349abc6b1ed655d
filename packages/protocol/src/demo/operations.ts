import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id } from '../core/primitives.ts';

/** The demo workspace. */
export const demo = operationGroup('demo', {
  load: operation({
    summary: 'Load the demo workspace',
    description: [
      'Creates a workspace with fictional people and four weeks of conversations, tasks, time and orders, of which you are the owner.',
      'Possible while yours is the only account. Deleting the workspace deletes these people too.',
    ].join(' '),
    method: 'POST',
    path: '/admin/demo',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: z.object({ workspaceId: id }),
    status: 201,
    errors: ['conflict', 'username_taken'],
  }),
});
