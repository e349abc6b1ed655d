import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { fullList, id, line, nothing } from '../core/primitives.ts';
import { apiToken, newApiToken, scope, scopesOf, tokenFields } from '../identity/tokens.ts';
import { username } from '../identity/user.ts';
import { member, workspaceRole } from './workspace.ts';

const bot = { workspaceId: id, userId: id };

/** Bots: accounts of programs. A bot belongs to one workspace, has no password and acts through API tokens only. */
export const bots = operationGroup('bots', {
  create: operation({
    summary: 'Create a bot',
    description: 'A bot is a member of the workspace that acts through API tokens only.',
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
    summary: 'List the bots in a workspace',
    method: 'GET',
    path: '/workspaces/:workspaceId/bots',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: fullList(member),
  }),
  delete: operation({
    summary: 'Delete a bot',
    description: 'Revokes its API tokens. Its messages remain.',
    method: 'DELETE',
    path: '/workspaces/:workspaceId/bots/:userId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject(bot),
    output: nothing,
    sessionOnly: true,
  }),
  createToken: operation({
    summary: 'Create an API token for a bot',
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
    summary: "List a bot's API tokens",
    method: 'GET',
    path: '/workspaces/:workspaceId/bots/:userId/tokens',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject(bot),
    output: fullList(apiToken),
    sessionOnly: true,
  }),
  revokeToken: operation({
    summary: "Revoke a bot's API token",
    description: 'Closes the connections that use it.',
    method: 'DELETE',
    path: '/workspaces/:workspaceId/bots/:userId/tokens/:tokenId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ ...bot, tokenId: id }),
    output: nothing,
    sessionOnly: true,
  }),
});
