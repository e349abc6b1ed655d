import type { StreamName, WorkspaceRole } from '@atrium/protocol';
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
    'member:joined': { workspaceId: string; user: { id: string }; role: WorkspaceRole; joinedAt: string };
    'user:updated': { id: string; workspaceId: string };
    'workspace:people': WorkspaceViewer & { userIds: string[] };
  }
}

/** The stream of a workspace. */
export function workspaceStream(workspaceId: string): StreamName {
  return `workspace:${workspaceId}`;
}

/**
 * Renders workspaces and people in their current state: the log contains no names, so that none outlives its account.
 */
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

  async 'member:joined'(db, events) {
    const users = await usersById(db, [...new Set(events.map(({ body }) => body.user.id))]);
    return events.map(({ body: { workspaceId, user, role, joinedAt } }) => {
      const shown = users.get(user.id);
      return shown === undefined ? null : { workspaceId, user: shown, role, joinedAt };
    });
  },

  async 'user:updated'(db, events) {
    const users = await usersById(db, [...new Set(events.map(({ body }) => body.id))]);
    return events.map(({ body: { id, workspaceId } }) => {
      const shown = users.get(id);
      return shown === undefined ? null : { ...shown, workspaceId };
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
