import type { WorkspaceState } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { usersById } from '../identity/index.ts';
import { myWorkspaces, workspaceCansAt } from './can.ts';
import { presentMembers, presentMyWorkspace } from './present.ts';
import { workspacesById, workspacesOf } from './store.ts';
import { visibleMembers, type WorkspaceViewer } from './visibility-store.ts';

const keyOf = ({ workspaceId, viewerId }: WorkspaceViewer) => `${workspaceId} ${viewerId}`;

/** The people whom viewers see in workspaces, by workspace and viewer, in two queries. */
async function peopleSeen(db: Executor, views: readonly WorkspaceViewer[]) {
  const memberships = await visibleMembers(db, views);
  const users = await usersById(db, [...new Set(memberships.map((membership) => membership.userId))]);
  const byView = Map.groupBy(memberships, keyOf);
  return (view: WorkspaceViewer) => presentMembers(byView.get(keyOf(view)) ?? [], users);
}

/** The live state of all workspaces of one person, oldest first; four queries however many there are. */
export async function workspaceStatesOf(db: Executor, userId: string): Promise<WorkspaceState[]> {
  const workspaces = await workspacesOf(db, userId);
  const view = ({ id }: { id: string }) => ({ workspaceId: id, viewerId: userId });
  const seen = await peopleSeen(db, workspaces.map(view));
  const mine = await myWorkspaces(db, userId, workspaces);
  return mine.map((workspace) => ({ ...workspace, members: seen(view(workspace)) }));
}

/**
 * The same for given pairs of workspace and person, in the given order.
 * @returns undefined for a pair if the workspace does not exist or the person is not a member
 */
export async function workspaceStates(
  db: Executor,
  pairs: readonly { workspaceId: string; userId: string }[],
): Promise<(WorkspaceState | undefined)[]> {
  const ids = [...new Set(pairs.map((pair) => pair.workspaceId))];
  const workspaces = await workspacesById(db, ids);
  const views = pairs.map(({ workspaceId, userId }) => ({ workspaceId, viewerId: userId }));
  const seen = await peopleSeen(db, views);
  const cans = await workspaceCansAt(db, views);
  return pairs.map(({ workspaceId, userId }, at) => {
    const can = cans[at];
    const workspace = workspaces.get(workspaceId);
    const members = seen({ workspaceId, viewerId: userId });
    const own = members.find(({ user }) => user.id === userId);
    if (workspace === undefined || own === undefined || can === undefined) return undefined;
    return { ...presentMyWorkspace(workspace, own.role, can), members };
  });
}
