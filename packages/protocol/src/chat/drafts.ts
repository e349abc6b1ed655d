import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { id, instant, text } from '../core/primitives.ts';
import { chatSizes } from './limits.ts';

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

export const draftEvents = {
  'draft:updated': event({
    summary: 'One of your drafts changed; null: it was deleted',
    on: ['user'],
    data: z.object({ conversationId: id, threadId: id.nullable(), draft: draft.nullable() }),
  }),
} as const;
