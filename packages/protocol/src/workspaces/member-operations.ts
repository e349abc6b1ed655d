import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, limit, nothing, page } from '../core/primitives.ts';
import { member, workspaceRole } from './workspace.ts';

export const members = operationGroup('members', {
  list: operation({
    summary: 'List the members of a workspace',
    description:
      'Guests and customers see only the people they share a conversation with. Customers never see other customers.',
    method: 'GET',
    path: '/workspaces/:workspaceId/members',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, limit, cursor: cursor.optional() }),
    output: page(member),
  }),
  update: operation({
    summary: "Change a member's role",
    method: 'PATCH',
    path: '/workspaces/:workspaceId/members/:userId',
    access: 'workspace:admin',
    limit: 'user',
    example: { role: 'member' },
    input: z.strictObject({ workspaceId: id, userId: id, role: workspaceRole }),
    output: member,
    errors: ['last_owner'],
  }),
  remove: operation({
    summary: 'Remove a member from a workspace',
    description: 'Also removes them from all conversations of the workspace.',
    method: 'DELETE',
    path: '/workspaces/:workspaceId/members/:userId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, userId: id }),
    output: nothing,
    errors: ['last_owner'],
  }),
});
