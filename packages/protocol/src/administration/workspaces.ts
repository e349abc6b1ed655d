import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page, text } from '../core/primitives.ts';
import { user } from '../identity/user.ts';

/** A workspace as the administrators of the instance see it. */
export const adminWorkspace = z.object({
  id,
  name: z.string(),
  personal: z.boolean().meta({ description: 'Belongs to one account, and is deleted with it' }),
  createdAt: instant,
  members: z.int(),
  owners: z.array(user).meta({ description: 'At most 3, longest-standing first' }),
  files: z.int(),
  storageBytes: z.number().meta({ description: 'Total size of its files' }),
  lastActivityAt: instant.nullable().meta({ description: 'Time of the latest message or task change; null: none yet' }),
  can: z.object({ delete: z.boolean() }),
});
export type AdminWorkspace = z.infer<typeof adminWorkspace>;

export const adminWorkspaces = operationGroup('adminWorkspaces', {
  list: operation({
    summary: 'List the workspaces of the instance',
    description: 'Newest first. Their content is not shown.',
    method: 'GET',
    path: '/admin/workspaces',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({
      q: text(1, 100).optional().meta({ description: 'Part of the name' }),
      personal: z.boolean().default(false).meta({ description: 'Include personal workspaces' }),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(adminWorkspace),
  }),
  delete: operation({
    summary: 'Delete a workspace of the instance',
    description: 'Deletes everything in it, as if its owner deleted it.',
    method: 'DELETE',
    path: '/admin/workspaces/:workspaceId',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: nothing,
    sessionOnly: true,
    errors: ['not_found', 'conflict'],
  }),
});
