import { z } from 'zod';
import { id, instant, version } from '../core/primitives.ts';
import { user } from '../identity/user.ts';
import { retentionDays } from './retention-days.ts';

export const workspaceRole = z.enum(['owner', 'admin', 'member', 'guest', 'customer']);
export type WorkspaceRole = z.infer<typeof workspaceRole>;

/** Roles that a join code or an invitation can grant. */
export const grantableRole = workspaceRole.exclude(['owner']);

export const workspace = z.object({
  id,
  name: z.string(),
  personal: z.boolean().meta({ description: 'Whether it was created with the account' }),
  createdAt: instant,
  version,
  retentionDays: retentionDays.meta({ description: 'Days that messages are kept; null: forever' }),
});
export type Workspace = z.infer<typeof workspace>;

const may = (description: string) => z.boolean().meta({ description });

/** What the caller may do with a workspace. */
export const workspaceCan = z.object({
  update: may('Rename it'),
  delete: z.boolean(),
  invite: may('Invite people by email'),
  joinCode: may('See and replace the join code'),
  manageMembers: may('Change the roles of members and remove them'),
  manageBots: may('Create and delete bots and their API tokens'),
  analytics: may('See what is done in it, by day and by person'),
  webhookEndpoints: may('Create and manage webhook endpoints'),
  createConversations: may('Create channels, groups and direct conversations'),
  browseChannels: may('List the public channels'),
  requestSupport: may('Open a support case of their own'),
  answerSupport: may('List the support cases and take them'),
  retention: may('Set the retention period'),
  leave: may('Leave it. The last owner cannot'),
});
export type WorkspaceCan = z.infer<typeof workspaceCan>;

/** A workspace as returned to a member, with the member's role and permissions. */
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

/** A workspace in a user's live state, with the user's own role and the members they can see. */
export const workspaceState = myWorkspace.extend({ members: z.array(member) });
export type WorkspaceState = z.infer<typeof workspaceState>;
