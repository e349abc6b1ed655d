import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id, line, nothing, whole } from '../core/primitives.ts';
import { apiToken, newApiToken, scope, scopesOf, tokenFields } from '../identity/tokens.ts';
import { username } from '../identity/user.ts';
import { member, workspaceRole } from './workspace.ts';

const bot = { workspaceId: id, userId: id };

/** Accounts of programs. A bot belongs to one workspace, has no password, and acts by API tokens alone. */
export const bots = operationGroup('bots', {
  create: operation({
    summary: 'Make a bot: a member of the workspace that is a program',
    method: 'POST',
    path: '/workspaces/:workspaceId/bots',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      name: line(2, 100),
      username: username.optional(),
      role: workspaceRole.extract(['member', 'guest']).default('member'),
    }),
    output: member,
    status: 201,
    errors: ['username_taken', 'conflict'],
    sessionOnly: true,
  }),
  list: operation({
    summary: 'The bots of a workspace',
    method: 'GET',
    path: '/workspaces/:workspaceId/bots',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: whole(member),
  }),
  delete: operation({
    summary: 'Delete a bot: its tokens end, what it wrote stays',
    method: 'DELETE',
    path: '/workspaces/:workspaceId/bots/:userId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject(bot),
    output: nothing,
    sessionOnly: true,
  }),
  createToken: operation({
    summary: 'Make an API token for a bot',
    method: 'POST',
    path: '/workspaces/:workspaceId/bots/:userId/tokens',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ ...bot, ...tokenFields, scopes: scopesOf(scope.exclude(['admin'])) }),
    output: newApiToken,
    status: 201,
    errors: ['conflict'],
    secret: true,
    sessionOnly: true,
  }),
  tokens: operation({
    summary: 'The API tokens of a bot',
    method: 'GET',
    path: '/workspaces/:workspaceId/bots/:userId/tokens',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject(bot),
    output: whole(apiToken),
    sessionOnly: true,
  }),
  revokeToken: operation({
    summary: 'End an API token of a bot; its connections close',
    method: 'DELETE',
    path: '/workspaces/:workspaceId/bots/:userId/tokens/:tokenId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ ...bot, tokenId: id }),
    output: nothing,
    sessionOnly: true,
  }),
});
