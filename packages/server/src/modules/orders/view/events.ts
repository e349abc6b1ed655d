import { type Renderers, streamSeqs } from '../../../platform/stream/index.ts';
import { rolesOf } from '../../workspaces/index.ts';
import { mayHandle } from '../rows/policy.ts';
import { deskStream } from '../rows/stream.ts';
import { deskStates, latestOf } from './state.ts';

declare module '../../../platform/stream/index.ts' {
  interface RenderedBodies {
    'desk:joined': { workspaceId: string; userId: string };
    'order:all': { workspaceId: string; userId: string };
  }
}

/** Renders desks and orders from their current rows. */
export const orderRenderers: Renderers = {
  async 'desk:joined'(db, events) {
    const ids = [...new Set(events.map(({ body }) => body.workspaceId))];
    const seqs = await streamSeqs(db, ids.map(deskStream));
    const desks = await deskStates(db, ids);
    return Promise.all(
      events.map(async ({ body: { workspaceId, userId } }) => {
        const desk = desks.get(workspaceId);
        if (desk === undefined || !mayHandle((await rolesOf(db, userId)).get(workspaceId))) return null;
        return { desk, asOf: seqs.get(deskStream(workspaceId)) ?? 0 };
      }),
    );
  },

  'order:all': (db, events) =>
    Promise.all(
      events.map(async ({ body: { workspaceId, userId } }) => {
        if (!(await rolesOf(db, userId)).has(workspaceId)) return null;
        return { workspaceId, orders: await latestOf(db, userId, [workspaceId]) };
      }),
    ),
};
