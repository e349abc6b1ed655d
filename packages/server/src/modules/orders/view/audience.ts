import type { Audience } from '../../../platform/stream/index.ts';
import { deskIds, deskIdsOf } from '../rows/desk-store.ts';

/** The desk of a workspace is for those who work there. */
export const deskAudience: Audience = {
  kind: 'desk',
  followedBy: deskIds,
  readableBy: async (db, userId, ids) => (await deskIdsOf(db, userId)).filter((id) => ids.includes(id)),
};
