import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id, instant, seq } from '../core/primitives.ts';
import { user } from '../identity/user.ts';
import { conversation } from './conversation.ts';
import { message } from './message.ts';

/** The largest number of messages in one page of an export. */
const exportPage = 500;

/** Exports of conversations. */
export const conversationExports = operationGroup('exports', {
  conversation: operation({
    summary: 'Export a conversation',
    description:
      'Returns one page as JSON; pass `next` as `after` until it is null. Every page is recorded in the audit log.',
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
          'Members, and the authors of the messages on this page, if the caller can see them; role null: no longer a member',
      }),
      messages: z.array(message),
      next: seq.nullable(),
    }),
    secret: true,
    sessionOnly: true,
  }),
});
