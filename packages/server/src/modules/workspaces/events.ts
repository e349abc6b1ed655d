import type { StreamName } from '@atrium/protocol';
import { type Renderers, streamSeqs } from '../../platform/stream/index.ts';
import { usersById } from '../identity/index.ts';
import { renderWorkspaceCan } from './can.ts';
import { isVisitor } from './policy.ts';
import { presentMembers, presentWorkspace } from './present.ts';
import { workspaceStates } from './state.ts';
import { workspacesById } from './store.ts';
import { visibleAmong, type WorkspaceViewer } from './visibility-store.ts';

declare module '../../platform/stream/index.ts' {
  interface RenderedBodies {
    'workspace:joined': { workspaceId: string; userId: string };
    'workspace:updated': { workspaceId: string };
    'workspace:people': WorkspaceViewer & { userIds: string[] };
  }
}

/** The stream of a workspace. */
export function workspaceStream(workspaceId: string): StreamName {
  return `workspace:${workspaceId}`;
}

/** Shows workspaces as they are now. */
export const workspaceRenderers: Renderers = {
  async 'workspace:joined'(db, events) {
    const bodies = events.map((event) => event.body);
    const seqs = await streamSeqs(
      db,
      bodies.map((body) => workspaceStream(body.workspaceId)),
    );
    const states = await workspaceStates(db, bodies);
    return bodies.map((body, at) => {
      const workspace = states[at];
      if (workspace === undefined) return null;
      return { workspace, asOf: isVisitor(workspace.role) ? null : (seqs.get(workspaceStream(body.workspaceId)) ?? 0) };
    });
  },

  'workspace:can': renderWorkspaceCan,

  async 'workspace:people'(db, events) {
    const bodies = events.map(({ body }) => body);
    const seen = await visibleAmong(db, bodies);
    const users = await usersById(db, [...new Set(seen.flatMap((found) => found?.map(({ userId }) => userId) ?? []))]);
    return bodies.map(({ workspaceId, userIds }, at) => {
      const found = seen[at];
      if (found === undefined) return null;
      const shown = presentMembers(found, users);
      const ids = new Set(shown.map(({ user }) => user.id));
      return { workspaceId, shown, hidden: userIds.filter((id) => !ids.has(id)) };
    });
  },

  async 'workspace:updated'(db, events) {
    const rows = await workspacesById(
      db,
      events.map((event) => event.body.workspaceId),
    );
    return events.map((event) => {
      const row = rows.get(event.body.workspaceId);
      return row === undefined ? null : presentWorkspace(row);
    });
  },
};
