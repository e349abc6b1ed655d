import type { WorkspaceState } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { usersById } from '../identity/index.ts';
import { presentMembers, presentState } from './present.ts';
import { workspacesById, workspacesOf } from './store.ts';
import { visibleMembers, type WorkspaceViewer } from './visibility-store.ts';

const keyOf = ({ workspaceId, viewerId }: WorkspaceViewer) => `${workspaceId} ${viewerId}`;

/** Whom people see of workspaces, by workspace and viewer, in two queries. */
async function peopleSeen(db: Executor, views: readonly WorkspaceViewer[]) {
  const memberships = await visibleMembers(db, views);
  const users = await usersById(db, [...new Set(memberships.map((membership) => membership.userId))]);
  const byView = Map.groupBy(memberships, keyOf);
  return (view: WorkspaceViewer) => presentMembers(byView.get(keyOf(view)) ?? [], users);
}

/** The live state of all workspaces of one person, oldest first; three queries however many there are. */
export async function workspaceStatesOf(db: Executor, userId: string): Promise<WorkspaceState[]> {
  const workspaces = await workspacesOf(db, userId);
  const view = ({ id }: { id: string }) => ({ workspaceId: id, viewerId: userId });
  const seen = await peopleSeen(db, workspaces.map(view));
  return workspaces.map((workspace) => presentState(workspace, workspace.role, seen(view(workspace))));
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
  const seen = await peopleSeen(
    db,
    pairs.map(({ workspaceId, userId }) => ({ workspaceId, viewerId: userId })),
  );
  return pairs.map(({ workspaceId, userId }) => {
    const workspace = workspaces.get(workspaceId);
    const members = seen({ workspaceId, viewerId: userId });
    const own = members.find(({ user }) => user.id === userId);
    if (workspace === undefined || own === undefined) return undefined;
    return presentState(workspace, own.role, members);
  });
}
