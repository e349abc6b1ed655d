import { z } from 'zod';
import { event } from './event.ts';
import { user } from './identity.ts';
import { operation, operationGroup } from './operation.ts';
import { cursor, email, id, instant, limit, line, nothing, page, seq, version } from './primitives.ts';
import { retentionDays } from './retention-days.ts';

export const workspaceRole = z.enum(['owner', 'admin', 'member', 'guest', 'customer']);
export type WorkspaceRole = z.infer<typeof workspaceRole>;

/** Roles that a join code or an invitation can grant. */
export const grantableRole = workspaceRole.exclude(['owner']);

export const workspace = z.object({
  id,
  name: z.string(),
  personal: z.boolean().meta({ description: 'The one that came with an account' }),
  createdAt: instant,
  version,
  retentionDays: retentionDays.meta({ description: 'Messages are kept so long; null: for good' }),
});
export type Workspace = z.infer<typeof workspace>;

/** What the asking person may do with a workspace. */
export const workspaceCan = z.object({
  update: z.boolean(),
  delete: z.boolean(),
  invite: z.boolean(),
  manageMembers: z.boolean(),
  createConversations: z.boolean(),
});
export type WorkspaceCan = z.infer<typeof workspaceCan>;

/** A workspace as one member sees it. */
export const myWorkspace = workspace.extend({ role: workspaceRole, can: workspaceCan });
export type MyWorkspace = z.infer<typeof myWorkspace>;

export const member = z.object({ workspaceId: id, user, role: workspaceRole, joinedAt: instant });
export type Member = z.infer<typeof member>;

export const joinCode = z.object({
  code: z.string(),
  role: grantableRole,
  expiresAt: instant.nullable(),
  maxUses: z.int().nullable(),
  uses: z.int(),
});
export type JoinCode = z.infer<typeof joinCode>;

const name = line(1, 100);

export const workspaces = operationGroup('workspaces', {
  create: operation({
    summary: 'Open a workspace',
    method: 'POST',
    path: '/workspaces',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ name }),
    output: myWorkspace,
    status: 201,
    errors: ['conflict'],
  }),
  list: operation({
    summary: 'My workspaces',
    method: 'GET',
    path: '/workspaces',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ limit, cursor: cursor.optional() }),
    output: page(myWorkspace),
  }),
  get: operation({
    summary: 'One workspace',
    method: 'GET',
    path: '/workspaces/:workspaceId',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: myWorkspace,
  }),
  update: operation({
    summary: 'Rename a workspace',
    method: 'PATCH',
    path: '/workspaces/:workspaceId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, name: name.optional(), version: version.optional() }),
    output: myWorkspace,
    errors: ['version_conflict'],
  }),
  delete: operation({
    summary: 'Delete a workspace with everything in it',
    method: 'DELETE',
    path: '/workspaces/:workspaceId',
    access: 'workspace:owner',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: nothing,
  }),
  join: operation({
    summary: 'Join a workspace with a code',
    method: 'POST',
    path: '/workspaces/join',
    access: 'user',
    limit: 'join',
    input: z.strictObject({ code: z.string().trim().min(1).max(64) }),
    output: myWorkspace,
    errors: ['code_wrong', 'already_member', 'conflict'],
  }),
  joinCode: operation({
    summary: 'The current join code',
    method: 'GET',
    path: '/workspaces/:workspaceId/join-code',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: joinCode,
  }),
  rotateJoinCode: operation({
    summary: 'Replace the join code; the old one stops working',
    method: 'POST',
    path: '/workspaces/:workspaceId/join-code',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      role: grantableRole.default('member'),
      expiresAt: instant.nullable().default(null),
      maxUses: z.int().min(1).max(100_000).nullable().default(null),
    }),
    output: joinCode,
    status: 201,
  }),
  invite: operation({
    summary: 'Invite someone by e-mail with a code that works once',
    method: 'POST',
    path: '/workspaces/:workspaceId/invites',
    access: 'workspace:admin',
    limit: 'invite',
    input: z.strictObject({ workspaceId: id, email, role: grantableRole.default('member') }),
    output: nothing,
    status: 202,
    errors: ['conflict'],
  }),
  leave: operation({
    summary: 'Leave a workspace',
    method: 'POST',
    path: '/workspaces/:workspaceId/leave',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: nothing,
    errors: ['last_owner'],
  }),
});

export const members = operationGroup('members', {
  list: operation({
    summary: 'The people of a workspace',
    description:
      'Guests and customers see those with whom they share a conversation; a customer never another customer.',
    method: 'GET',
    path: '/workspaces/:workspaceId/members',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, limit, cursor: cursor.optional() }),
    output: page(member),
  }),
  update: operation({
    summary: "Change someone's role",
    method: 'PATCH',
    path: '/workspaces/:workspaceId/members/:userId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, userId: id, role: workspaceRole }),
    output: member,
    errors: ['last_owner'],
  }),
  remove: operation({
    summary: 'Remove someone from a workspace and all its conversations',
    method: 'DELETE',
    path: '/workspaces/:workspaceId/members/:userId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, userId: id }),
    output: nothing,
    errors: ['last_owner'],
  }),
});

/** A workspace in a person's live state: the facts, with one's own role and everyone whom one sees in it. */
export const workspaceState = workspace.extend({ role: workspaceRole, members: z.array(member) });
export type WorkspaceState = z.infer<typeof workspaceState>;

export const workspaceEvents = {
  'workspace:joined': event({
    summary: 'I am in a workspace from now on, in another role, or see many others of it; it replaces what I had of it',
    on: ['user'],
    data: z.object({
      workspace: workspaceState,
      asOf: seq
        .nullable()
        .meta({ description: 'Where its own stream goes on; null: as a guest or a customer I follow no stream of it' }),
    }),
  }),
  'workspace:left': event({
    summary: 'I am no longer in a workspace, or it is gone: drop what is kept of it, with its conversations',
    on: ['user'],
    data: z.object({ workspaceId: id }),
  }),
  'workspace:updated': event({
    summary: 'A workspace changed; guests and customers hear it on their own stream',
    on: ['workspace', 'user'],
    data: workspace,
  }),
  'workspace:people': event({
    summary: 'As a guest or a customer I see some people of a workspace anew, as they are now, and others no longer',
    on: ['user'],
    data: z.object({ workspaceId: id, shown: z.array(member), hidden: z.array(id) }),
  }),
  'member:joined': event({ summary: 'Someone joined the workspace', on: ['workspace'], data: member }),
  'member:updated': event({
    summary: "Someone's role changed",
    on: ['workspace'],
    data: z.object({ workspaceId: id, userId: id, role: workspaceRole }),
  }),
  'member:left': event({
    summary: 'Someone left the workspace or was removed',
    on: ['workspace'],
    data: z.object({ workspaceId: id, userId: id }),
  }),
} as const;
