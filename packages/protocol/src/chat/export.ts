import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id, instant, seq } from '../core/primitives.ts';
import { user } from '../identity/user.ts';
import { conversation } from './conversation.ts';
import { message } from './message.ts';

/** Messages in one page of an export. */
const exportPage = 500;

/** What leaves Atrium as a file. */
export const exporting = operationGroup('exports', {
  conversation: operation({
    summary: 'Copy a conversation as JSON',
    description: 'Page by page: go on with `after` until `next` is null. Each page is audited.',
    method: 'POST',
    path: '/conversations/:conversationId/export',
    access: 'conversation:exporter',
    limit: 'user',
    input: z.strictObject({
      conversationId: id,
      after: seq.default(0),
      limit: z.int().min(1).max(exportPage).default(exportPage),
    }),
    output: z.object({
      format: z.enum(['atrium-conversation-1']),
      exportedAt: instant,
      conversation,
      people: z.array(z.object({ user, role: z.enum(['manager', 'member']).nullable() })).meta({
        description:
          'Members, and who wrote the messages of this page, as far as the caller sees them; role null: no longer in it',
      }),
      messages: z.array(message),
      next: seq.nullable(),
    }),
    secret: true,
    sessionOnly: true,
  }),
});
