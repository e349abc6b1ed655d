import type { Member, Snapshot, WorkspaceState } from '@atrium/protocol';
import { type ById, byId, filterById, patchById, without } from './by-id.ts';
import type { IdentityState } from './identity.ts';
import type { Slice } from './slice.ts';

/** A workspace with its members by user id. */
export interface LiveWorkspace extends Readonly<Omit<WorkspaceState, 'members'>> {
  readonly members: ById<Member>;
}

export interface WorkspacesState {
  readonly workspaces: ById<LiveWorkspace>;
}

export function toLiveWorkspace({ members, ...workspace }: WorkspaceState): LiveWorkspace {
  return { ...workspace, members: byId(members, ({ user }) => user.id) };
}

/** Changes one workspace, if it is there. */
function changeWorkspace(
  { workspaces }: WorkspacesState,
  id: string,
  change: (workspace: LiveWorkspace) => Partial<LiveWorkspace>,
): WorkspacesState {
  return { workspaces: patchById(workspaces, id, change) };
}

export const workspaces = {
  empty: { workspaces: {} },
  fromSnapshot: (snapshot: Snapshot): WorkspacesState => ({
    workspaces: byId(snapshot.workspaces.map(toLiveWorkspace), ({ id }) => id),
  }),
  reducers: {
    'workspace:joined': ({ workspaces: known }, { workspace }) => ({
      workspaces: { ...known, [workspace.id]: toLiveWorkspace(workspace) },
    }),
    'workspace:left': ({ workspaces: known }, { workspaceId }) => ({ workspaces: without(known, workspaceId) }),
    'workspace:updated': (state, workspace) => changeWorkspace(state, workspace.id, () => workspace),
    'workspace:can': (state, { can, workspaceId }) => changeWorkspace(state, workspaceId, () => ({ can })),
    'workspace:people': (state, { hidden, shown, workspaceId }) =>
      changeWorkspace(state, workspaceId, ({ members }) => ({
        members: {
          ...filterById(members, (_, id) => !hidden.includes(id)),
          ...byId(shown, ({ user }) => user.id),
        },
      })),
    'member:joined': (state, member) =>
      changeWorkspace(state, member.workspaceId, ({ members }) => ({
        members: { ...members, [member.user.id]: member },
      })),
    'member:updated': (state, { role, userId, workspaceId }) =>
      changeWorkspace(state, workspaceId, ({ members }) => ({
        members: patchById(members, userId, () => ({ role })),
        ...(userId === state.me?.id ? { role } : {}),
      })),
    'member:left': (state, { userId, workspaceId }) =>
      changeWorkspace(state, workspaceId, ({ members }) => ({ members: without(members, userId) })),
    'user:updated': (state, { workspaceId, ...user }) =>
      changeWorkspace(state, workspaceId, ({ members }) => ({
        members: patchById(members, user.id, () => ({ user })),
      })),
  },
  opens: {
    'workspace:joined': ({ asOf, workspace }) => ({ stream: `workspace:${workspace.id}`, asOf }),
  },
  closes: {
    'workspace:left': ({ workspaceId }) => [`workspace:${workspaceId}`],
  },
} satisfies Slice<WorkspacesState, IdentityState>;
