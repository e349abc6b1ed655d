import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page, text } from '../core/primitives.ts';
import { user } from '../identity/user.ts';
import { type WorkspaceRole, workspaceRole } from '../workspaces/workspace.ts';

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

const counts = { owner: z.int(), admin: z.int(), member: z.int(), guest: z.int(), customer: z.int() } satisfies Record<
  WorkspaceRole,
  z.ZodInt
>;

/** One of them with what its page shows; never what people wrote in it. */
export const adminWorkspaceDetails = adminWorkspace.extend({
  quotaBytes: z.number().meta({ description: 'What its files may take' }),
  roles: z.object(counts).meta({ description: 'How many members have each role' }),
  messages: z.int().meta({ description: 'Sent in the last 28 days, as counted a minute ago' }),
});
export type AdminWorkspaceDetails = z.infer<typeof adminWorkspaceDetails>;

/** A member of a workspace as the administrators of the instance see it. */
export const adminMember = z.object({ user, role: workspaceRole, joinedAt: instant });
export type AdminMember = z.infer<typeof adminMember>;

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
  get: operation({
    summary: 'Get a workspace of the instance',
    description: 'Its size and how much it is used. What is in it is not shown.',
    method: 'GET',
    path: '/admin/workspaces/:workspaceId',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: adminWorkspaceDetails,
    errors: ['not_found'],
  }),
  members: operation({
    summary: 'List the members of a workspace of the instance',
    description: 'Those whose accounts are oldest first.',
    method: 'GET',
    path: '/admin/workspaces/:workspaceId/members',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, limit, cursor: cursor.optional() }),
    output: page(adminMember),
    errors: ['not_found'],
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
