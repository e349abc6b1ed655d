import type { WorkspaceState } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { usersById } from '../identity/index.ts';
import { type Membership, membersOf } from './membership-store.ts';
import { presentMembers, presentState } from './present.ts';
import { workspacesById, workspacesOf } from './store.ts';

/** Everyone in some workspaces, by workspace, in two queries. */
async function peopleOf(db: Executor, workspaceIds: readonly string[]) {
  const memberships = await membersOf(db, workspaceIds);
  const users = await usersById(db, [...new Set(memberships.map((membership) => membership.userId))]);
  const byWorkspace = new Map<string, Membership[]>();
  for (const membership of memberships) {
    const group = byWorkspace.get(membership.workspaceId);
    if (group === undefined) byWorkspace.set(membership.workspaceId, [membership]);
    else group.push(membership);
  }
  return { users, byWorkspace };
}

/** The live state of all workspaces of one person, oldest first; three queries however many there are. */
export async function workspaceStatesOf(db: Executor, userId: string): Promise<WorkspaceState[]> {
  const workspaces = await workspacesOf(db, userId);
  const ids = workspaces.map((workspace) => workspace.id);
  const { users, byWorkspace } = await peopleOf(db, ids);
  return workspaces.map((workspace) =>
    presentState(workspace, workspace.role, presentMembers(byWorkspace.get(workspace.id) ?? [], users)),
  );
}

/**
 * The same for chosen pairs of workspace and person, in the order given.
 * @returns undefined for a pair whose workspace is gone or whose person is not in it
 */
export async function workspaceStates(
  db: Executor,
  pairs: readonly { workspaceId: string; userId: string }[],
): Promise<(WorkspaceState | undefined)[]> {
  const ids = [...new Set(pairs.map((pair) => pair.workspaceId))];
  const workspaces = await workspacesById(db, ids);
  const { users, byWorkspace } = await peopleOf(db, ids);
  return pairs.map(({ workspaceId, userId }) => {
    const workspace = workspaces.get(workspaceId);
    const memberships = byWorkspace.get(workspaceId) ?? [];
    const own = memberships.find((membership) => membership.userId === userId);
    if (workspace === undefined || own === undefined) return undefined;
    return presentState(workspace, own.role, presentMembers(memberships, users));
  });
}
