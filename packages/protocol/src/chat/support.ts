import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, limit, page } from '../core/primitives.ts';
import { conversation, conversationCan, conversationState } from './conversation.ts';
import { supportStatus } from './support-case.ts';

const one = z.strictObject({ conversationId: id });

/** Support cases and their assignees. */
export const support = operationGroup('support', {
  queue: operation({
    summary: 'List the support cases of a workspace',
    description: 'Oldest first. Closed cases are omitted unless requested with `status`.',
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
    output: page(conversation.extend({ joined: z.boolean(), can: conversationCan })),
    errors: ['forbidden'],
  }),
  take: operation({
    summary: 'Take a support case',
    description: 'Assigns an unassigned or closed case to you.',
    method: 'POST',
    path: '/conversations/:conversationId/take',
    access: 'conversation:reader',
    limit: 'user',
    input: one,
    output: conversationState,
    errors: ['forbidden', 'conflict', 'archived'],
  }),
  assign: operation({
    summary: 'Assign a support case',
    description: 'To an owner, admin or member of the workspace.',
    method: 'PUT',
    path: '/conversations/:conversationId/assignee',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id, userId: id }),
    output: conversationState,
    errors: ['forbidden', 'conflict', 'archived'],
  }),
  release: operation({
    summary: 'Return a support case to the queue',
    method: 'DELETE',
    path: '/conversations/:conversationId/assignee',
    access: 'conversation:reader',
    limit: 'user',
    input: one,
    output: conversationState,
    errors: ['forbidden', 'conflict', 'archived'],
  }),
  close: operation({
    summary: 'Close a support case',
    description: "The customer's next message reopens it.",
    method: 'POST',
    path: '/conversations/:conversationId/close',
    access: 'conversation:reader',
    limit: 'user',
    input: one,
    output: conversationState,
    errors: ['forbidden', 'conflict', 'archived'],
  }),
});

export const supportEvents = {
  'support:changed': event({
    summary: 'The support queue changed; agents should reload it',
    on: ['workspace'],
    external: false,
    data: z.object({ workspaceId: id, conversationId: id }),
  }),
} as const;
