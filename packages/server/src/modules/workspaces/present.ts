import type { JoinCode, Member, MyWorkspace, User, Workspace, WorkspaceCan, WorkspaceRole } from '@atrium/protocol';
import { formatCode } from './codes.ts';
import type { StoredJoinCode } from './join-code-store.ts';
import type { Membership } from './membership-store.ts';
import type { StoredWorkspace } from './store.ts';

/** A workspace as all members see it. */
export function presentWorkspace(row: StoredWorkspace): Workspace {
  return {
    id: row.id,
    name: row.name,
    personal: row.personalOf !== null,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
    retentionDays: row.retentionDays,
  };
}

/** A workspace as a member with that role sees it. */
export function presentMyWorkspace(row: StoredWorkspace, role: WorkspaceRole, can: WorkspaceCan): MyWorkspace {
  return { ...presentWorkspace(row), role, can };
}

/** A member of a workspace. */
export function presentMember(membership: Membership, user: User): Member {
  return {
    workspaceId: membership.workspaceId,
    user,
    role: membership.role,
    joinedAt: membership.joinedAt.toISOString(),
  };
}

/** Several members; those without a profile are left out. */
export function presentMembers(memberships: readonly Membership[], users: ReadonlyMap<string, User>): Member[] {
  return memberships.flatMap((membership) => {
    const user = users.get(membership.userId);
    return user === undefined ? [] : [presentMember(membership, user)];
  });
}

/** A join code as an admin sees it. */
export function presentJoinCode(row: StoredJoinCode): JoinCode {
  return {
    code: formatCode(row.code),
    role: row.role,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    maxUses: row.maxUses,
    uses: row.uses,
  };
}
