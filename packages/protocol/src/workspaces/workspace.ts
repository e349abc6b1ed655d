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

/** What the caller may do with a workspace. */
export const workspaceCan = z.object({
  update: z.boolean(),
  delete: z.boolean(),
  invite: z.boolean(),
  manageMembers: z.boolean(),
  createConversations: z.boolean(),
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
export const workspaceState = workspace.extend({ role: workspaceRole, members: z.array(member) });
export type WorkspaceState = z.infer<typeof workspaceState>;
