import type { StreamName } from '@atrium/protocol';
import { type Renderers, streamSeqs } from '../../platform/stream/index.ts';
import { presentWorkspace } from './present.ts';
import { workspaceStates } from './state.ts';
import { workspacesById } from './store.ts';

declare module '../../platform/stream/event.ts' {
  interface RenderedBodies {
    'workspace:joined': { workspaceId: string; userId: string };
    'workspace:updated': { workspaceId: string };
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
      return workspace ? { workspace, asOf: seqs.get(workspaceStream(body.workspaceId)) ?? 0 } : null;
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
