import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, limit, page } from '../core/primitives.ts';
import { conversation, myConversation } from './conversation.ts';
import { supportCan, supportStatus } from './support-case.ts';

const one = z.strictObject({ conversationId: id });

/** Cases of customers, and who has them in hand. */
export const support = operationGroup('support', {
  queue: operation({
    summary: 'The support cases of a workspace',
    description: 'The oldest first; those that are not closed, unless asked for.',
    method: 'GET',
    path: '/workspaces/:workspaceId/support',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      status: supportStatus.optional(),
      assigneeId: id.optional(),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(conversation.extend({ joined: z.boolean(), supportCan })),
    errors: ['forbidden'],
  }),
  take: operation({
    summary: 'Take an unassigned or closed case in hand',
    method: 'POST',
    path: '/conversations/:conversationId/take',
    access: 'conversation:reader',
    limit: 'user',
    input: one,
    output: myConversation,
    errors: ['forbidden', 'conflict', 'archived'],
  }),
  assign: operation({
    summary: 'Hand a case over to someone who works in the workspace',
    method: 'PUT',
    path: '/conversations/:conversationId/assignee',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id, userId: id }),
    output: myConversation,
    errors: ['forbidden', 'conflict', 'archived'],
  }),
  release: operation({
    summary: 'Put a case back into the queue',
    method: 'DELETE',
    path: '/conversations/:conversationId/assignee',
    access: 'conversation:reader',
    limit: 'user',
    input: one,
    output: myConversation,
    errors: ['forbidden', 'conflict', 'archived'],
  }),
  close: operation({
    summary: 'Close a case',
    description: 'The next message of the customer opens it again.',
    method: 'POST',
    path: '/conversations/:conversationId/close',
    access: 'conversation:reader',
    limit: 'user',
    input: one,
    output: myConversation,
    errors: ['forbidden', 'conflict', 'archived'],
  }),
});

export const supportEvents = {
  'support:changed': event({
    summary: 'A support case moved, was archived or is gone; those who work there look at the queue again',
    on: ['workspace'],
    data: z.object({ workspaceId: id, conversationId: id }),
  }),
  'support:can': event({
    summary: 'What I may do with a support case changed',
    on: ['user'],
    data: z.object({ conversationId: id, can: supportCan }),
  }),
} as const;
