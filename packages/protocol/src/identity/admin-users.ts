import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page, text } from '../core/primitives.ts';
import { revokeTokens } from './credentials.ts';
import { user } from './user.ts';

/** What the caller may do with an account. */
const adminUserCan = z.object({
  changeRole: z.boolean(),
  disable: z.boolean(),
  signOut: z.boolean(),
  resetSecondFactor: z.boolean(),
  removePicture: z.boolean(),
  delete: z.boolean(),
});

/** An account as the administrators of the instance see it. */
export const adminUser = user.extend({
  email: z.string().nullable().meta({ description: 'null for a bot' }),
  emailVerified: z.boolean(),
  role: z.enum(['user', 'admin']),
  createdAt: instant,
  disabledAt: instant.nullable(),
  lastUsedAt: instant.nullable().meta({ description: 'When one of its sessions was last renewed or opened' }),
  sessions: z.int().meta({ description: 'Number of signed-in devices' }),
  twoFactor: z.boolean(),
  workspaces: z.int().meta({ description: 'Number of shared workspaces that it is in' }),
  can: adminUserCan,
});
export type AdminUser = z.infer<typeof adminUser>;

const userId = z.strictObject({ userId: id });

export const adminUsers = operationGroup('adminUsers', {
  list: operation({
    summary: 'List the accounts of the instance',
    description: 'Newest first.',
    method: 'GET',
    path: '/admin/users',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({
      q: text(1, 100).optional().meta({ description: 'Part of a name, username or email address' }),
      role: z.enum(['user', 'admin']).optional(),
      status: z.enum(['active', 'disabled', 'unverified']).optional(),
      bots: z.boolean().default(false).meta({ description: 'Include bots' }),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(adminUser),
  }),
  get: operation({
    summary: 'Get an account of the instance',
    method: 'GET',
    path: '/admin/users/:userId',
    access: 'instance:admin',
    limit: 'user',
    input: userId,
    output: adminUser,
    errors: ['not_found'],
  }),
  update: operation({
    summary: 'Change the role of an account, disable or enable it',
    description:
      'A disabled account is signed out everywhere immediately and cannot sign in; what it wrote remains. The last administrator cannot be demoted or disabled.',
    method: 'PATCH',
    path: '/admin/users/:userId',
    access: 'instance:admin',
    limit: 'user',
    example: { disabled: false },
    input: userId.extend({ role: z.enum(['user', 'admin']).optional(), disabled: z.boolean().optional() }),
    output: adminUser,
    sessionOnly: true,
    errors: ['not_found', 'conflict'],
  }),
  signOut: operation({
    summary: 'Sign an account out everywhere',
    description: 'API tokens keep working unless `revokeTokens` is true.',
    method: 'POST',
    path: '/admin/users/:userId/sign-out',
    access: 'instance:admin',
    limit: 'user',
    input: userId.extend({ revokeTokens }),
    output: nothing,
    sessionOnly: true,
    errors: ['not_found'],
  }),
  resetSecondFactor: operation({
    summary: 'Turn off the second factor of an account',
    description: 'For users who have lost it. They are notified by email.',
    method: 'POST',
    path: '/admin/users/:userId/reset-second-factor',
    access: 'instance:admin',
    limit: 'user',
    input: userId,
    output: nothing,
    sessionOnly: true,
    errors: ['not_found'],
  }),
  removePicture: operation({
    summary: 'Remove the picture of an account',
    description: 'They are shown without it at once, and can upload another one.',
    method: 'DELETE',
    path: '/admin/users/:userId/picture',
    access: 'instance:admin',
    limit: 'user',
    input: userId,
    output: nothing,
    sessionOnly: true,
    errors: ['not_found', 'conflict'],
  }),
  delete: operation({
    summary: 'Delete an account',
    description: 'As if its owner deleted it: messages remain under the name "Deleted user".',
    method: 'DELETE',
    path: '/admin/users/:userId',
    access: 'instance:admin',
    limit: 'user',
    input: userId,
    output: nothing,
    sessionOnly: true,
    errors: ['not_found', 'conflict', 'last_owner'],
  }),
});
