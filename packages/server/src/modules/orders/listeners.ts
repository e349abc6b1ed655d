import type { Listeners, Work } from '../../platform/module/index.ts';
import { membershipOf, membersOf } from '../workspaces/index.ts';
import { deleteDesk, desksOf, insertDesk } from './rows/desk-store.ts';
import { deleteOrdersOf, latestOrdersOf } from './rows/order-store.ts';
import { mayHandle } from './rows/policy.ts';
import { deskStream } from './rows/stream.ts';

type Place = { workspaceId: string; userId: string };

/** Starts sending the desk of a workspace to a person. */
function enter({ append }: Pick<Work, 'append'>, place: Place): void {
  append(`user:${place.userId}`, 'desk:joined', place, { follow: [deskStream(place.workspaceId)] });
}

/** Stops sending it to them. */
function leave({ append }: Pick<Work, 'append'>, place: Place): void {
  const stream = deskStream(place.workspaceId);
  append(stream, 'desk:memberLeft', place, { leave: [place.userId] });
  append(`user:${place.userId}`, 'desk:left', { workspaceId: place.workspaceId }, { unfollow: [stream] });
}

const hasDesk = async ({ tx }: Pick<Work, 'tx'>, workspaceId: string) => (await desksOf(tx, [workspaceId])).length > 0;

/** How orders react to changes of workspaces and products. */
export const orderListeners: Listeners = {
  // The first product creates the desk. The shop is locked, so nobody else adds it.
  async 'product:added'(work, { workspaceId }) {
    if (!(await insertDesk(work.tx, workspaceId))) return;
    for (const { userId, role } of await membersOf(work.tx, workspaceId)) {
      if (mayHandle(role)) enter(work, { workspaceId, userId });
    }
  },

  async 'workspace:memberJoined'(work, { workspaceId, userId, role }) {
    if (mayHandle(role) && (await hasDesk(work, workspaceId))) enter(work, { workspaceId, userId });
    // People who return find their orders again.
    const before = await latestOrdersOf(work.tx, userId, [workspaceId], 1);
    if (before.length > 0) work.append(`user:${userId}`, 'order:all', { workspaceId, userId });
  },

  async 'workspace:roleChanged'(work, { workspaceId, userId, role, previous }) {
    if (mayHandle(role) === mayHandle(previous) || !(await hasDesk(work, workspaceId))) return;
    if (mayHandle(role)) enter(work, { workspaceId, userId });
    else leave(work, { workspaceId, userId });
  },

  async 'workspace:memberRemoved'(work, place) {
    const member = await membershipOf(work.tx, place.workspaceId, place.userId);
    if (mayHandle(member?.role) && (await hasDesk(work, place.workspaceId))) leave(work, place);
  },

  async 'workspace:deleting'({ tx, endStreams }, { workspaceId, unfollow }) {
    if (!(await hasDesk({ tx }, workspaceId))) return;
    const stream = deskStream(workspaceId);
    for (const { userId, role } of await membersOf(tx, workspaceId)) if (mayHandle(role)) unfollow(userId, [stream]);
    await deleteOrdersOf(tx, workspaceId);
    await deleteDesk(tx, workspaceId);
    endStreams([stream]);
  },
};
